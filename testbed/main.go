// The testbed is one program that is every part of a Kubernetes control plane, made from Kubernetes' own modules:
// the name of the part is its first argument, the rest is what that part takes.
package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

var parts = map[string]func(arguments []string) error{
	"etcd":  runEtcd,
	"nodes": runNodes,
}

var commands = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	"kubectl":                 kubectl.NewDefaultKubectlCommand,
}

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("no part is named: it is one of %s", strings.Join(names(), ", ")))
	}
	if os.Getenv("TESTBED_ENDS_WITH_STDIN") != "" {
		go endWithStdin()
	}
	name := os.Args[1]
	if command, ok := commands[name]; ok {
		// The components read the arguments of the process themselves.
		os.Args = os.Args[1:]
		os.Exit(cli.Run(command()))
	}
	part, ok := parts[name]
	if !ok {
		fail(fmt.Errorf("unknown part %q: it is one of %s", name, strings.Join(names(), ", ")))
	}
	if err := part(os.Args[2:]); err != nil {
		fail(err)
	}
}

// endWithStdin ends the process together with the one that holds the other end of standard input, however that one ends.
func endWithStdin() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

func names() []string {
	var all []string
	for name := range parts {
		all = append(all, name)
	}
	for name := range commands {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}

func fail(err error) {
	fmt.Fprintf(os.Stderr, "testbed: %v\n", err)
	os.Exit(1)
}
