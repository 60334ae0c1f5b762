package dev.tunefleet.local.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a node: small, on the loopback address, and keeping what Kafka would forget after a week. */
final class Settings {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final long TEN_YEARS_IN_MINUTES = 10L * 366 * 24 * 60;

    private Settings() {}

    static Map<String, String> of(Path folder, Member member, Voters voters) {
        var settings = new HashMap<String, String>();
        settings.putAll(identity(folder, member, voters));
        settings.putAll(replication(voters.count()));
        settings.putAll(size());
        // Nobody creates a topic by mistyping it, or with other settings by being first.
        settings.put("auto.create.topics.enable", "false");
        // A study that is resumed after a holiday goes on where it stopped.
        settings.put("offsets.retention.minutes", Long.toString(TEN_YEARS_IN_MINUTES));
        // By default what is dated an hour ahead is refused, and a program whose clock jumped could say nothing.
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The open transaction of a coordinator that died is ended by its timeout, not up to ten seconds later.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.put("group.share.max.size", "1000");
        // A record that a worker holds for a lock, 30 s, stops the whole queue once it is so many records ahead of it.
        settings.put("group.share.partition.max.record.locks", "10000");
        // Brokers do not know it before 4.3, and do not start without it from then on.
        settings.put("group.share.max.partition.max.record.locks", "10000");
        // What was delivered so often and never accepted is put away in silence: as late as Kafka allows.
        settings.put("group.share.delivery.count.limit", "10");
        return settings;
    }

    private static Map<String, String> identity(Path folder, Member member, Voters voters) {
        String forClients = "PLAINTEXT://127.0.0.1:" + member.port();
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(member.id()),
                "controller.quorum.voters",
                voters.asSetting(),
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "listeners",
                forClients + "," + CONTROLLER_LISTENER + "://127.0.0.1:" + member.controllerPort(),
                "advertised.listeners",
                forClients,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "inter.broker.listener.name",
                "PLAINTEXT",
                "log.dirs",
                folder.toString());
    }

    private static Map<String, String> replication(int nodes) {
        String copies = Integer.toString(nodes);
        String needed = Integer.toString(nodes / 2 + 1);
        return Map.of(
                "default.replication.factor", copies,
                "min.insync.replicas", needed,
                "offsets.topic.replication.factor", copies,
                "transaction.state.log.replication.factor", copies,
                "transaction.state.log.min.isr", needed,
                "share.coordinator.state.topic.replication.factor", copies,
                "share.coordinator.state.topic.min.isr", needed);
    }

    private static Map<String, String> size() {
        return Map.of(
                "num.partitions", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                // The default takes 128 MB of heap for a table of keys; ours are few.
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    }
}
