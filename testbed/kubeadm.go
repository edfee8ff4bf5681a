//go:build !oldest

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/component-base/version"
	kubeadmapi "k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm"
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/scheme"
	"k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/v1beta4"
	"k8s.io/kubernetes/cmd/kubeadm/app/componentconfigs"
	"k8s.io/kubernetes/cmd/kubeadm/app/constants"
	"k8s.io/kubernetes/cmd/kubeadm/app/phases/controlplane"
	"k8s.io/kubernetes/cmd/kubeadm/app/phases/etcd"
	kubeadmutil "k8s.io/kubernetes/cmd/kubeadm/app/util"
	configutil "k8s.io/kubernetes/cmd/kubeadm/app/util/config"
	"k8s.io/kubernetes/cmd/kubeadm/app/util/config/strict"
	sigsyaml "sigs.k8s.io/yaml"
)

// The interfaces of kubeadm change with every release: the newest one alone is asked.
func init() {
	parts["kubeadm"] = runKubeadm
}

// The address where nothing says on which machine kubeadm runs.
const anyAddress = "192.0.2.10"

const anyNode = "control-plane-0"

// generated is what kubeadm makes of a configuration.
type generated struct {
	KubeadmVersion string `json:"kubeadmVersion"`
	// What strict decoding refuses: kubeadm itself only warns of it.
	Strict []string `json:"strict"`
	// Why kubeadm refuses the configuration. Nothing is generated then.
	Error string `json:"error,omitempty"`
	// The configuration with its defaults, as the ConfigMap kubeadm-config gets it.
	ClusterConfiguration any `json:"clusterConfiguration,omitempty"`
	// Configurations of kubelet and kube-proxy with the defaults of kubeadm, by API group.
	Components map[string]any `json:"components,omitempty"`
	// The command of each static pod.
	Commands map[string][]string `json:"commands,omitempty"`
	// The static pods, by component.
	StaticPods map[string]corev1.Pod `json:"staticPods,omitempty"`
}

// runKubeadm prints, as JSON, what `kubeadm init` or `kubeadm upgrade` would make of the documents on standard input.
// `init` takes a file for `kubeadm init --config`; `upgrade` takes the ConfigMaps of the cluster, kubeadm-config among them.
// The version of the configuration is replaced by that of this kubeadm, which refuses older ones.
func runKubeadm(arguments []string) error {
	if len(arguments) != 1 || (arguments[0] != "init" && arguments[0] != "upgrade") {
		return errors.New("kubeadm takes one argument: init or upgrade")
	}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	// kubeadm prints its progress on standard output.
	output := os.Stdout
	os.Stdout = os.Stderr
	result := generated{KubeadmVersion: version.Get().GitVersion, Strict: []string{}}
	var config *kubeadmapi.InitConfiguration
	if arguments[0] == "init" {
		result.Strict = strictProblems(input)
		config, err = initConfiguration(input)
	} else {
		config, err = upgradeConfiguration(input, &result)
	}
	if err == nil {
		err = generate(config, &result)
	}
	if err != nil {
		result.Error = err.Error()
	}
	encoder := json.NewEncoder(output)
	encoder.SetIndent("", "  ")
	return encoder.Encode(result)
}

// strictProblems is what decoding refuses once unknown and repeated fields count.
func strictProblems(input []byte) []string {
	documents, err := kubeadmutil.SplitConfigDocuments(input)
	if err != nil {
		return []string{err.Error()}
	}
	problems := []string{}
	for gvk, document := range documents {
		if err := strict.VerifyUnmarshalStrict([]*runtime.Scheme{scheme.Scheme, componentconfigs.Scheme}, gvk, document); err != nil {
			problems = append(problems, fmt.Sprintf("%s: %v", gvk.Kind, err))
		}
	}
	return problems
}

func initConfiguration(input []byte) (*kubeadmapi.InitConfiguration, error) {
	documents, err := kubeadmutil.SplitConfigDocuments(input)
	if err != nil {
		return nil, err
	}
	var texts [][]byte
	saysMachine := false
	for gvk, document := range documents {
		if gvk.Kind == constants.ClusterConfigurationKind {
			if document, err = ofThisVersion(document); err != nil {
				return nil, err
			}
		}
		saysMachine = saysMachine || bytes.Contains(document, []byte("advertiseAddress"))
		texts = append(texts, document)
	}
	config, err := configutil.BytesToInitConfiguration(bytes.Join(texts, []byte("\n---\n")), true)
	if err == nil && !saysMachine {
		config.LocalAPIEndpoint.AdvertiseAddress = anyAddress
	}
	return config, err
}

// ofThisVersion lets a configuration of any version be asked about, and spares kubeadm the look-up of names such as `stable-1.34`.
func ofThisVersion(document []byte) ([]byte, error) {
	var configuration map[string]any
	if err := sigsyaml.Unmarshal(document, &configuration); err != nil {
		return nil, err
	}
	configuration["kubernetesVersion"] = version.Get().GitVersion
	return sigsyaml.Marshal(configuration)
}

// upgradeConfiguration reads the configuration from the ConfigMaps, as `kubeadm upgrade` does.
func upgradeConfiguration(input []byte, result *generated) (*kubeadmapi.InitConfiguration, error) {
	client := fake.NewClientset()
	reader := yaml.NewYAMLReader(bufio.NewReader(bytes.NewReader(input)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(document)) == 0 {
			continue
		}
		var configMap corev1.ConfigMap
		if err := sigsyaml.UnmarshalStrict(document, &configMap); err != nil {
			return nil, err
		}
		if configMap.Kind != "ConfigMap" {
			return nil, fmt.Errorf("upgrade reads ConfigMaps only, not a %s", configMap.Kind)
		}
		if configMap.Namespace == "" {
			configMap.Namespace = metav1.NamespaceSystem
		}
		if text, ok := configMap.Data[constants.ClusterConfigurationConfigMapKey]; ok {
			result.Strict = strictProblems([]byte(text))
			current, err := ofThisVersion([]byte(text))
			if err != nil {
				return nil, err
			}
			configMap.Data[constants.ClusterConfigurationConfigMapKey] = string(current)
		}
		if _, err := client.CoreV1().ConfigMaps(configMap.Namespace).Create(context.Background(), &configMap, metav1.CreateOptions{}); err != nil {
			return nil, err
		}
	}
	// kubeadm refuses a cluster without one; what it says changes no static pod.
	_, err := client.CoreV1().ConfigMaps(metav1.NamespaceSystem).Create(context.Background(), emptyKubeletConfig(), metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return nil, err
	}
	config, err := configutil.FetchInitConfigurationFromCluster(client, nil, "upgrade", false, false, true, true)
	if err != nil {
		return nil, err
	}
	config.LocalAPIEndpoint = kubeadmapi.APIEndpoint{AdvertiseAddress: anyAddress, BindPort: constants.KubeAPIServerPort}
	return config, nil
}

func emptyKubeletConfig() *corev1.ConfigMap {
	return &corev1.ConfigMap{
		ObjectMeta: metav1.ObjectMeta{Name: constants.KubeletBaseConfigurationConfigMap, Namespace: metav1.NamespaceSystem},
		Data: map[string]string{
			constants.KubeletBaseConfigurationConfigMapKey: "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n",
		},
	}
}

func generate(config *kubeadmapi.InitConfiguration, result *generated) error {
	endpoint := config.LocalAPIEndpoint
	cluster := &config.ClusterConfiguration
	result.StaticPods = controlplane.GetStaticPodSpecs(cluster, &endpoint, []kubeadmapi.EnvVar{})
	if cluster.Etcd.External == nil {
		result.StaticPods[constants.Etcd] = etcd.GetEtcdPodSpec(cluster, &endpoint, anyNode, nil)
	}
	result.Commands = map[string][]string{}
	for component, pod := range result.StaticPods {
		result.Commands[component] = pod.Spec.Containers[0].Command
	}
	result.Components = map[string]any{}
	for group, component := range cluster.ComponentConfigs {
		text, err := component.Marshal()
		if err != nil {
			return err
		}
		value, err := fromYAML(text)
		if err != nil {
			return err
		}
		result.Components[group] = value
	}
	uploaded := cluster.DeepCopy()
	uploaded.ComponentConfigs = kubeadmapi.ComponentConfigMap{}
	text, err := configutil.MarshalKubeadmConfigObject(uploaded, v1beta4.SchemeGroupVersion)
	if err != nil {
		return err
	}
	result.ClusterConfiguration, err = fromYAML(text)
	return err
}

func fromYAML(text []byte) (any, error) {
	var value any
	err := sigsyaml.Unmarshal(text, &value)
	return value, err
}
