package dev.tunefleet.local.fleet;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HomeTest {

    private static final Path USER = Path.of("/home/ada");

    @Test
    void linuxFollowsXdg() {
        assertThat(Home.of(Map.of(), "Linux", USER).folder()).isEqualTo(Path.of("/home/ada/.local/share/tunefleet"));
        assertThat(Home.of(Map.of("XDG_DATA_HOME", "/data"), "Linux", USER).folder())
                .isEqualTo(Path.of("/data/tunefleet"));
    }

    @Test
    void aRelativeXdgFolderIsIgnoredAsItsSpecificationSays() {
        assertThat(Home.of(Map.of("XDG_DATA_HOME", "data"), "Linux", USER).folder())
                .isEqualTo(Path.of("/home/ada/.local/share/tunefleet"));
    }

    @Test
    void macAndWindowsFollowTheirOwnCustoms() {
        assertThat(Home.of(Map.of(), "Mac OS X", USER).folder())
                .isEqualTo(Path.of("/home/ada/Library/Application Support/tunefleet"));
        assertThat(Home.of(Map.of("LOCALAPPDATA", "/local"), "Windows 11", USER).folder())
                .isEqualTo(Path.of("/local/tunefleet"));
    }

    @Test
    void theVariableOverridesAll() {
        assertThat(Home.of(Map.of("TUNEFLEET_HOME", "/elsewhere", "XDG_DATA_HOME", "/data"), "Linux", USER)
                        .folder())
                .isEqualTo(Path.of("/elsewhere"));
    }
}
