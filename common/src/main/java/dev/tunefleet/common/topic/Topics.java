package dev.tunefleet.common.topic;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Every topic of Tunefleet and the share group that takes trials from the queue. */
public enum Topics {
    /** Key: study. What users and the search ask of a study. */
    COMMANDS("commands", Partitions.SHARDED, Cleanup.DELETE, Topics.THIRTY_DAYS),
    /** Key: trial. The queue: one record is one assignment, taken by a share group. */
    TRIALS("trials", Partitions.ONE, Cleanup.DELETE, Topics.FOR_EVER),
    /** Key: study. What workers report. */
    EVENTS("events", Partitions.SHARDED, Cleanup.DELETE, Topics.THIRTY_DAYS),
    /** Key: trial or study. What workers must stop; a tombstone when the trial is terminal. */
    DIRECTIVES("directives", Partitions.ONE, Cleanup.COMPACT, Topics.FOR_EVER),
    /** Key: worker. Slots and memory of each worker. */
    WORKERS("workers", Partitions.ONE, Cleanup.COMPACT, Topics.FOR_EVER),
    /** Key: study. How many slots each study could use. */
    DEMAND("demand", Partitions.ONE, Cleanup.COMPACT, Topics.FOR_EVER),
    /** Key: study. Every fact and every refusal, in order: the database. */
    JOURNAL("journal", Partitions.SHARDED, Cleanup.DELETE, Topics.FOR_EVER),
    /** Key: of the record. Records that could not be read, with where they came from in their headers. */
    DEAD_LETTERS("dead-letters", Partitions.ONE, Cleanup.DELETE, Topics.THIRTY_DAYS);

    /** The share group of all workers. */
    public static final String QUEUE_GROUP = "tunefleet.workers";

    private static final Map<String, String> QUEUE_GROUP_SETTINGS =
            Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed");

    private static final String BETWEEN_ASSIGNMENTS = "share.assignment.interval.ms";

    private static final long THIRTY_DAYS = 30L * 24 * 60 * 60 * 1000;
    private static final long FOR_EVER = -1;

    private enum Partitions {
        /** The same number for each such topic, fixed for ever: 8 on a cluster, 1 locally. */
        SHARDED,
        ONE
    }

    /** What a broker does with old records. */
    public enum Cleanup {
        DELETE,
        COMPACT
    }

    private final String shortName;
    private final Partitions partitions;
    private final Cleanup cleanup;
    private final long retentionMilliseconds;

    Topics(String shortName, Partitions partitions, Cleanup cleanup, long retentionMilliseconds) {
        this.shortName = shortName;
        this.partitions = partitions;
        this.cleanup = cleanup;
        this.retentionMilliseconds = retentionMilliseconds;
    }

    public String topic() {
        return "tunefleet." + shortName;
    }

    /** Whether records are spread over partitions by study. */
    public boolean sharded() {
        return partitions == Partitions.SHARDED;
    }

    public int partitions(int shards) {
        return sharded() ? shards : 1;
    }

    /** The topic's own settings on the broker. */
    public Map<String, String> settings() {
        return Map.of(
                "cleanup.policy", cleanup.name().toLowerCase(Locale.ROOT),
                "retention.ms", Long.toString(retentionMilliseconds));
    }

    /**
     * What the queue's share group must be set to before its first consumer joins. By default a group begins at the end and
     * delivers records of aborted transactions; and from Kafka 4.3 on a member that joins within a second after another waits for its next
     * heartbeat, five seconds, where workers join for each trial.
     *
     * @param known the names of the settings that the brokers have for a group
     */
    public static Map<String, String> queueGroupSettings(Set<String> known) {
        var settings = new HashMap<>(QUEUE_GROUP_SETTINGS);
        if (known.contains(BETWEEN_ASSIGNMENTS)) {
            settings.put(BETWEEN_ASSIGNMENTS, "0");
        }
        return Map.copyOf(settings);
    }

    public static List<Topics> all() {
        return List.of(values());
    }
}
