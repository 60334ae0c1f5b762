package dev.tunefleet.coordinator.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the coordinator, under {@code tunefleet.} or {@code TUNEFLEET_}. */
@ConfigMapping(prefix = "tunefleet")
public interface CoordinatorConfig {

    /** The addresses of the Kafka brokers: {@code host:port}, separated by commas. */
    String kafka();

    /** Where data sets, checkpoints and models lie. */
    URI blobs();

    /** A folder for what Kafka Streams needs while it runs; it may be lost. */
    Path stateDir();

    /** The partitions of the topics that are spread by study, fixed for ever by the first start. */
    @WithDefault("1")
    int shards();

    /** Threads that decide; more than {@link #shards()} bring nothing. */
    @WithDefault("1")
    int streamThreads();

    /** Threads that choose configurations. */
    @WithDefault("1")
    int searchThreads();

    /** The most slots that the fleet ever has: what an autoscaler's most workers bring; absent where nobody knows. */
    OptionalInt slotsMax();

    /** How long a request waits for its decision before it is told to come back. */
    @WithDefault("10s")
    Duration answerWithin();

    /** The largest data set that may be uploaded, in bytes; never more than a worker reads. */
    @WithDefault("268435456")
    long uploadBytes();
}
