package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd starts etcd with the configuration file that is named, whose keys are those of etcd itself.
func runEtcd(arguments []string) error {
	if len(arguments) != 1 {
		return errors.New("etcd takes one argument: its configuration file")
	}
	config, err := embed.ConfigFromFile(arguments[0])
	if err != nil {
		return err
	}
	server, err := embed.StartEtcd(config)
	if err != nil {
		return err
	}
	defer server.Close()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt, syscall.SIGTERM)
	select {
	case <-stop:
		return nil
	case err := <-server.Err():
		return err
	}
}
