package dev.tunefleet.local.broker;

/** The number and the two loopback ports of one node: for clients and other brokers, and for controllers. */
record Member(int id, int port, int controllerPort) {}
