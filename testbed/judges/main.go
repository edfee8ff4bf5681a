// What MetalLB and Cilium say of objects that an API server has taken: their own code reads them.
// One object a line on standard input, in JSON; one line on standard output for each: why it is refused, as a JSON text, or null.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	// As API machinery reads: the case of keys matters.
	kjson "sigs.k8s.io/json"
)

type judge func(object []byte) error

var judges = map[string]judge{
	"metallb.io/IPAddressPool":                 ipAddressPool,
	"metallb.io/L2Advertisement":               l2Advertisement,
	"metallb.io/BGPAdvertisement":              bgpAdvertisement,
	"metallb.io/BGPPeer":                       bgpPeer,
	"cilium.io/CiliumPodIPPool":                podIPPool,
	"cilium.io/CiliumLoadBalancerIPPool":       loadBalancerIPPool,
	"cilium.io/CiliumNetworkPolicy":            networkPolicy,
	"cilium.io/CiliumClusterwideNetworkPolicy": clusterwideNetworkPolicy,
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<28)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var refusal *string
		if err := judged(lines.Bytes()); err != nil {
			text := err.Error()
			refusal = &text
		}
		if err := answers.Encode(refusal); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func judged(object []byte) error {
	var kind metav1.TypeMeta
	if err := json.Unmarshal(object, &kind); err != nil {
		fail(err)
	}
	group := kind.GroupVersionKind().Group
	ask, ok := judges[group+"/"+kind.Kind]
	if !ok {
		fail(fmt.Errorf("no judge for %s %s", kind.APIVersion, kind.Kind))
	}
	return ask(object)
}

func read[T any](object []byte) (T, error) {
	var value T
	return value, kjson.UnmarshalCaseSensitivePreserveInts(object, &value)
}

func fail(err error) {
	fmt.Fprintf(os.Stderr, "judges: %v\n", err)
	os.Exit(1)
}
