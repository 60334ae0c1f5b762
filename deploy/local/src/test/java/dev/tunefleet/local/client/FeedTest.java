package dev.tunefleet.local.client;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FeedTest {

    private final List<String> heard = new ArrayList<>();

    private final Feed.Listener listener = new Feed.Listener() {
        @Override
        public void onStudy(StudyView study) {
            heard.add("study " + study.id() + " " + study.state() + " " + study.count("RUNNING"));
        }

        @Override
        public void onTrial(TrialView trial) {
            heard.add("trial " + trial.number() + " " + trial.state() + " " + trial.value());
        }
    };

    @Test
    void eventsAreHeardInTheirOrder() throws Exception {
        List<String> lines = List.of(
                "event: study",
                "data: {\"id\":\"births\",\"state\":\"RUNNING\",\"secondsRunning\":1.5,\"requested\":10,",
                "data: \"counts\":{\"RUNNING\":2},\"epochs\":3}",
                "",
                ": heartbeat",
                "",
                "event:trial",
                "data:{\"number\":7,\"state\":\"RUNNING\",\"configuration\":{\"units\":50,\"l2\":\"off\"},"
                        + "\"attempts\":1,\"epoch\":2,\"epochs\":9,\"value\":0.5}",
                "",
                "event: novelty",
                "data: {}",
                "",
                "event: end",
                "data: {}",
                "");

        boolean ended = Feed.read(lines.iterator(), listener);

        assertThat(ended).isTrue();
        assertThat(heard).containsExactly("study births RUNNING 2", "trial 7 RUNNING OptionalDouble[0.5]");
    }

    @Test
    void aBrokenConnectionIsNoEnd() throws Exception {
        List<String> lines = List.of("event: study", "data: {\"id\":\"births\",");

        assertThat(Feed.read(lines.iterator(), listener)).isFalse();
        assertThat(heard).isEmpty();
    }
}
