package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstanceTest {

    private static final FleetStatus STATUS =
            new FleetStatus(4711, List.of("births"), "http://127.0.0.1:1", "127.0.0.1:2", List.of());

    @TempDir
    Path folder;

    @Test
    void anInstanceIsHeldByOneAtATime() throws Exception {
        var home = new Home(folder);

        try (Instance first = Instance.take(home, "births")) {
            first.publish(STATUS);

            assertThatThrownBy(() -> Instance.take(home, "births"))
                    .isInstanceOf(InstanceInUseException.class)
                    .hasMessageContaining("births")
                    .hasMessageContaining("process 4711");
        }

        Instance.take(home, "births").close();
    }

    @Test
    void whatRunsIsToldWhileItRuns() throws Exception {
        var home = new Home(folder);

        try (Instance instance = Instance.take(home, "births")) {
            instance.publish(STATUS);

            assertThat(Instance.running(home, "births")).contains(STATUS);
            assertThat(home.instances()).containsExactly("births");
        }

        assertThat(Instance.running(home, "births")).isEmpty();
        assertThat(Instance.running(home, "never")).isEmpty();
    }

    @Test
    void twoInstancesAreIndependent() throws Exception {
        var home = new Home(folder);

        try (Instance one = Instance.take(home, "one");
                Instance two = Instance.take(home, "two")) {
            assertThat(one.folder()).isNotEqualTo(two.folder());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".hidden", "cache", "a b"})
    void aNameThatCannotBeAFolderOfItsOwnIsRefused(String name) {
        var home = new Home(folder);

        assertThatThrownBy(() -> Instance.take(home, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(" + name + ")");
    }
}
