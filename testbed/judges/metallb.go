package main

import (
	"go.universe.tf/metallb/api/v1beta1"
	"go.universe.tf/metallb/api/v1beta2"
	"go.universe.tf/metallb/internal/config"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// As the webhooks of MetalLB ask it, with its usual implementation of BGP, of an object alone.
func validate(list client.ObjectList) error {
	return config.NewValidator(config.ValidationFor("frr-k8s")).Validate(list)
}

func ipAddressPool(object []byte) error {
	pool, err := read[v1beta1.IPAddressPool](object)
	if err != nil {
		return err
	}
	return validate(&v1beta1.IPAddressPoolList{Items: []v1beta1.IPAddressPool{pool}})
}

func l2Advertisement(object []byte) error {
	advertisement, err := read[v1beta1.L2Advertisement](object)
	if err != nil {
		return err
	}
	return validate(&v1beta1.L2AdvertisementList{Items: []v1beta1.L2Advertisement{advertisement}})
}

func bgpAdvertisement(object []byte) error {
	advertisement, err := read[v1beta1.BGPAdvertisement](object)
	if err != nil {
		return err
	}
	return validate(&v1beta1.BGPAdvertisementList{Items: []v1beta1.BGPAdvertisement{advertisement}})
}

func bgpPeer(object []byte) error {
	peer, err := read[v1beta2.BGPPeer](object)
	if err != nil {
		return err
	}
	return validate(&v1beta2.BGPPeerList{Items: []v1beta2.BGPPeer{peer}})
}
