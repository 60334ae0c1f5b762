package dev.tunefleet.coordinator.stream;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StreamsTest {

    @TempDir
    Path folder;

    @Test
    void threadsThatFailAgainAndAgainAreNotReplacedForEver() {
        var gaveUp = new AtomicInteger();
        try (var streams = new Streams(topology(), settings(), gaveUp::incrementAndGet)) {
            for (int i = 0; i < 5; i++) {
                assertThat(streams.failed(new IllegalStateException("It did.")))
                        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
            }
            assertThat(gaveUp).hasValue(0);

            StreamThreadExceptionResponse last = streams.failed(new IllegalStateException("It did."));

            assertThat(last).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
            assertThat(gaveUp).hasValue(1);
        }
    }

    private static Topology topology() {
        var builder = new StreamsBuilder();
        builder.stream("in").to("out");
        return builder.build();
    }

    private Properties settings() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return settings;
    }
}
