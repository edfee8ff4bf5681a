package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	_ "unsafe" // for go:linkname

	"github.com/cilium/cilium/operator/pkg/ipam/allocator/multipool"
	"github.com/cilium/cilium/operator/pkg/lbipam"
	"github.com/cilium/cilium/pkg/ipam/types"
	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2alpha1"
	slim "github.com/cilium/cilium/pkg/k8s/slim/k8s/apis/meta/v1"
)

var silent = slog.New(slog.DiscardHandler)

// The agent reads a policy so, and enforces nothing of one that it refuses.
func networkPolicy(object []byte) error {
	policy, err := read[v2.CiliumNetworkPolicy](object)
	if err != nil {
		return err
	}
	_, err = policy.Parse(silent, "cluster")
	return err
}

func clusterwideNetworkPolicy(object []byte) error {
	policy, err := read[v2.CiliumClusterwideNetworkPolicy](object)
	if err != nil {
		return err
	}
	_, err = policy.Parse(silent, "cluster")
	return err
}

// The operator takes the pool, and each of its ranges alone gives a node an address.
func podIPPool(object []byte) error {
	pool, err := read[v2alpha1.CiliumPodIPPool](object)
	if err != nil {
		return err
	}
	spec := pool.Spec
	if err := selectable(spec.PodSelector, spec.NamespaceSelector); err != nil {
		return err
	}
	if err := allocate(spec.IPv4, spec.IPv6, false, false, spec); err != nil {
		return err
	}
	if spec.IPv4 != nil {
		for _, cidr := range spec.IPv4.CIDRs {
			one := &v2alpha1.IPv4PoolSpec{CIDRs: []v2alpha1.PoolCIDR{cidr}, MaskSize: spec.IPv4.MaskSize}
			if err := allocate(one, nil, true, false, spec); err != nil {
				return fmt.Errorf("%s: %w", cidr, err)
			}
		}
	}
	if spec.IPv6 != nil {
		for _, cidr := range spec.IPv6.CIDRs {
			one := &v2alpha1.IPv6PoolSpec{CIDRs: []v2alpha1.PoolCIDR{cidr}, MaskSize: spec.IPv6.MaskSize}
			if err := allocate(nil, one, false, true, spec); err != nil {
				return fmt.Errorf("%s: %w", cidr, err)
			}
		}
	}
	return nil
}

func allocate(ipv4 *v2alpha1.IPv4PoolSpec, ipv6 *v2alpha1.IPv6PoolSpec, wantIPv4, wantIPv6 bool, spec v2alpha1.IPPoolSpec) error {
	allocator := multipool.NewPoolAllocator(silent, true, true)
	allocator.RestoreFinished()
	if err := multipool.UpsertPool(allocator, "pool", ipv4, ipv6, spec.AllowFirstIP, spec.AllowLastIP); err != nil {
		return err
	}
	request := types.IPAMPoolRequest{Pool: "pool"}
	if wantIPv4 {
		request.Needed.IPv4Addrs = 1
	}
	if wantIPv6 {
		request.Needed.IPv6Addrs = 1
	}
	return allocator.AllocateToNode("node", types.IPAMPoolSpec{Requested: []types.IPAMPoolRequest{request}})
}

func selectable(selectors ...*slim.LabelSelector) error {
	for _, selector := range selectors {
		if _, err := slim.LabelSelectorAsSelector(selector); err != nil {
			return err
		}
	}
	return nil
}

//go:linkname ipRangeFromBlock github.com/cilium/cilium/operator/pkg/lbipam.ipRangeFromBlock
func ipRangeFromBlock(block v2.CiliumLoadBalancerIPPoolIPBlock) (from, to netip.Addr, fromCidr bool, err error)

//go:linkname areRangesInternallyConflicting github.com/cilium/cilium/operator/pkg/lbipam.areRangesInternallyConflicting
func areRangesInternallyConflicting(ranges []*lbipam.LBRange) (conflicting bool, one, other *lbipam.LBRange)

// As `handleNewPool` and `settleConflicts` of the operator do.
func loadBalancerIPPool(object []byte) error {
	pool, err := read[v2.CiliumLoadBalancerIPPool](object)
	if err != nil {
		return err
	}
	if err := selectable(pool.Spec.ServiceSelector); err != nil {
		return err
	}
	var ranges []*lbipam.LBRange
	for _, block := range pool.Spec.Blocks {
		from, to, _, err := ipRangeFromBlock(block)
		if err != nil {
			return err
		}
		one, err := lbipam.NewLBRange(from, to, &pool)
		if err != nil {
			return err
		}
		ranges = append(ranges, one)
	}
	if conflicting, _, _ := areRangesInternallyConflicting(ranges); conflicting {
		return errors.New("the ranges of the pool overlap")
	}
	return nil
}
