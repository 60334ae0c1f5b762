package dev.tunefleet.worker.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the environment says, as {@code TUNEFLEET_…}. Where the brokers are is in {@code KAFKA_BOOTSTRAP_SERVERS}. */
@ConfigMapping(prefix = "tunefleet")
public interface WorkerConfig {

    /** Where data sets, checkpoints and models lie. */
    URI blobs();

    /** A folder of this worker's own for what can be fetched or made again. */
    Optional<Path> cacheDir();

    Worker worker();

    /** Settings of this worker. */
    interface Worker {

        /** Its name, unique in the fleet; the host's name with the process number where absent. */
        Optional<String> id();

        /** How many trials may run at once; one per core where absent. */
        OptionalInt slots();

        /** What one trial with its data may use of the heap; an even share of three quarters of it where absent. */
        OptionalLong slotBytes();

        /** At least so much training lies between two checkpoints. */
        @WithDefault("10s")
        Duration betweenCheckpoints();

        /** How long running trials may take to hand over when the worker is told to go. */
        @WithDefault("20s")
        Duration grace();
    }
}
