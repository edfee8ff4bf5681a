package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const heartbeat = 10 * time.Second

// kubelets stand for the kubelet, the network plugin and the container runtime of every node: a node is ready, a pod gets
// addresses of its node's podCIDRs and runs, a pod that is deleted is gone.
type kubelets struct {
	client kubernetes.Interface
	nodes  cache.SharedIndexInformer
	pods   cache.SharedIndexInformer

	mutex sync.Mutex
	// The pod that has an address.
	addresses map[netip.Addr]types.UID
}

// runNodes simulates the nodes of the cluster of a kubeconfig until it is stopped.
func runNodes(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("nodes takes one argument: a kubeconfig")
	}
	config, err := clientcmd.BuildConfigFromFlags("", arguments[0])
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 500, 500
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	factory := informers.NewSharedInformerFactory(client, heartbeat)
	k := &kubelets{
		client:    client,
		nodes:     factory.Core().V1().Nodes().Informer(),
		pods:      factory.Core().V1().Pods().Informer(),
		addresses: map[netip.Addr]types.UID{},
	}
	for informer, handle := range map[cache.SharedIndexInformer]func(context.Context, any) error{k.nodes: k.node, k.pods: k.pod} {
		_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
			AddFunc:    func(object any) { report(ctx, handle(ctx, object)) },
			UpdateFunc: func(_, object any) { report(ctx, handle(ctx, object)) },
			DeleteFunc: k.gone,
		})
		if err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	<-ctx.Done()
	factory.Shutdown()
	return nil
}

// report says what went wrong: every object is looked at again at the next heartbeat.
func report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		fmt.Fprintf(os.Stderr, "nodes: %v\n", err)
	}
}

func (k *kubelets) node(ctx context.Context, object any) error {
	node, ok := object.(*corev1.Node)
	if !ok {
		return nil
	}
	if err := k.renewLease(ctx, node); err != nil {
		return err
	}
	if isReady(node) {
		return nil
	}
	changed := node.DeepCopy()
	changed.Status.Phase = corev1.NodeRunning
	changed.Status.Conditions = []corev1.NodeCondition{{
		Type:               corev1.NodeReady,
		Status:             corev1.ConditionTrue,
		Reason:             "KubeletReady",
		LastHeartbeatTime:  metav1.Now(),
		LastTransitionTime: metav1.Now(),
	}}
	if len(changed.Status.Capacity) == 0 {
		changed.Status.Capacity = corev1.ResourceList{
			corev1.ResourceCPU:    resource.MustParse("32"),
			corev1.ResourceMemory: resource.MustParse("256Gi"),
			corev1.ResourcePods:   resource.MustParse("110"),
		}
		changed.Status.Allocatable = changed.Status.Capacity
	}
	_, err := k.client.CoreV1().Nodes().UpdateStatus(ctx, changed, metav1.UpdateOptions{})
	return err
}

func isReady(node *corev1.Node) bool {
	for _, condition := range node.Status.Conditions {
		if condition.Type == corev1.NodeReady {
			return condition.Status == corev1.ConditionTrue && len(node.Status.Capacity) > 0
		}
	}
	return false
}

func (k *kubelets) renewLease(ctx context.Context, node *corev1.Node) error {
	leases := k.client.CoordinationV1().Leases(corev1.NamespaceNodeLease)
	now := metav1.NewMicroTime(time.Now())
	seconds := int32(40)
	spec := coordinationv1.LeaseSpec{HolderIdentity: &node.Name, LeaseDurationSeconds: &seconds, RenewTime: &now}
	lease, err := leases.Get(ctx, node.Name, metav1.GetOptions{})
	if err != nil {
		_, err = leases.Create(ctx, &coordinationv1.Lease{ObjectMeta: metav1.ObjectMeta{Name: node.Name}, Spec: spec}, metav1.CreateOptions{})
		return err
	}
	if lease.Spec.RenewTime != nil && time.Since(lease.Spec.RenewTime.Time) < heartbeat/2 {
		return nil
	}
	lease.Spec = spec
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

func (k *kubelets) pod(ctx context.Context, object any) error {
	pod, ok := object.(*corev1.Pod)
	if !ok || pod.Spec.NodeName == "" {
		return nil
	}
	if pod.DeletionTimestamp != nil {
		now := int64(0)
		return k.client.CoreV1().Pods(pod.Namespace).Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: &now})
	}
	if pod.Status.PodIP != "" {
		k.remember(pod)
		return nil
	}
	stored, exists, err := k.nodes.GetStore().GetByKey(pod.Spec.NodeName)
	if err != nil || !exists {
		return err
	}
	node := stored.(*corev1.Node)
	ips, err := k.addressesFor(pod, node)
	if err != nil || len(ips) == 0 {
		return err
	}
	_, err = k.client.CoreV1().Pods(pod.Namespace).UpdateStatus(ctx, running(pod, node, ips), metav1.UpdateOptions{})
	return err
}

func running(pod *corev1.Pod, node *corev1.Node, ips []corev1.PodIP) *corev1.Pod {
	changed := pod.DeepCopy()
	now := metav1.Now()
	changed.Status.Phase = corev1.PodRunning
	changed.Status.StartTime = &now
	changed.Status.PodIPs = ips
	changed.Status.PodIP = ips[0].IP
	changed.Status.HostIP = hostAddress(node)
	for _, kind := range []corev1.PodConditionType{corev1.PodInitialized, corev1.PodReady, corev1.ContainersReady} {
		changed.Status.Conditions = append(changed.Status.Conditions, corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue, LastTransitionTime: now})
	}
	changed.Status.ContainerStatuses = nil
	for _, container := range pod.Spec.Containers {
		started := true
		changed.Status.ContainerStatuses = append(changed.Status.ContainerStatuses, corev1.ContainerStatus{
			Name:    container.Name,
			Image:   container.Image,
			Ready:   true,
			Started: &started,
			State:   corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}},
		})
	}
	return changed
}

func hostAddress(node *corev1.Node) string {
	for _, address := range node.Status.Addresses {
		if address.Type == corev1.NodeInternalIP {
			return address.Address
		}
	}
	return ""
}

// addressesFor takes the first free address of each podCIDR of the node. A node without podCIDRs runs pods of the host's network only.
func (k *kubelets) addressesFor(pod *corev1.Pod, node *corev1.Node) ([]corev1.PodIP, error) {
	if pod.Spec.HostNetwork {
		if host := hostAddress(node); host != "" {
			return []corev1.PodIP{{IP: host}}, nil
		}
		return nil, nil
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	var ips []corev1.PodIP
	for _, cidr := range node.Spec.PodCIDRs {
		prefix, err := netip.ParsePrefix(cidr)
		if err != nil {
			return nil, err
		}
		// The first address is the network's own, the second one the bridge's.
		address := prefix.Masked().Addr().Next().Next()
		for k.addresses[address] != "" && k.addresses[address] != pod.UID {
			address = address.Next()
		}
		if !prefix.Contains(address) {
			return nil, fmt.Errorf("node %s has no address left for pod %s/%s", node.Name, pod.Namespace, pod.Name)
		}
		k.addresses[address] = pod.UID
		ips = append(ips, corev1.PodIP{IP: address.String()})
	}
	return ips, nil
}

func (k *kubelets) remember(pod *corev1.Pod) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, ip := range pod.Status.PodIPs {
		if address, err := netip.ParseAddr(ip.IP); err == nil && !pod.Spec.HostNetwork {
			k.addresses[address] = pod.UID
		}
	}
}

func (k *kubelets) gone(object any) {
	pod, ok := object.(*corev1.Pod)
	if !ok {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for address, uid := range k.addresses {
		if uid == pod.UID {
			delete(k.addresses, address)
		}
	}
}
