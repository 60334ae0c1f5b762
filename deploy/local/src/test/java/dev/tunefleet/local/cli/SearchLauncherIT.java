package dev.tunefleet.local.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.tunefleet.local.fleet.Layout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script's {@code search} in a checkout of its own, where the build takes no time and the JVM says from where it loads each
 * class: the cache of classes is made and used, and where it is of no use everything goes on without.
 */
@DisabledOnOs(OS.WINDOWS)
class SearchLauncherIT {

    private static final String CONVERSATION = """
            {"op":"init","seed":7,"parallel":1,"budget":4,"space":[{"name":"a","type":"double","low":0,"high":1}]}
            {"op":"ask"}
            {"op":"tell","id":0,"value":0.5}
            {"op":"ask"}
            """;
    private static final String FROM_CACHE = "asktell.AskTellServer source: shared objects file";
    private static final String FROM_JAR = "asktell.AskTellServer source: file:";

    @TempDir
    Path checkout;

    private Path cache;
    private Path loaded;

    /** What the verb did with {@link #CONVERSATION}. */
    private record Run(int code, List<String> answers) {}

    @BeforeEach
    void makeACheckout() throws IOException {
        Path root = Layout.ofThisProgram().root();
        Path target = checkout.resolve("deploy/local/target");
        cache = target.resolve("search.aot");
        loaded = checkout.resolve("loaded.log");
        for (String module : List.of("common", "coordinator", "worker", "deploy/local")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createDirectories(target.resolve("lib"));
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.copy(root.resolve(".mvn/find-jdk.sh"), checkout.resolve(".mvn/find-jdk.sh"));
        Files.copy(root.resolve("deploy/local/tunefleet"), checkout.resolve("deploy/local/tunefleet"));
        copyJars(root.resolve("coordinator/target/quarkus-app"), checkout.resolve("coordinator/target/quarkus-app"));
        Path worker = checkout.resolve("worker/target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(worker.getParent());
        Files.createFile(worker);
        program(checkout.resolve("mvnw"), "echo built >>'" + checkout.resolve("builds") + "'");
        makeAJdkThatTells();
    }

    @Test
    void theFirstSearchMakesTheCacheAndEachIsLoadedFromIt() throws Exception {
        Run first = search();
        Run second = search();

        assertThat(cache).isNotEmptyFile();
        assertThat(first.answers()).hasSize(4).noneMatch(answer -> answer.contains("error"));
        assertThat(second.answers()).isEqualTo(first.answers());
        assertThat(loaded).content().contains(FROM_CACHE).doesNotContain(FROM_JAR);
        assertThat(checkout.resolve("builds")).hasContent("built");
    }

    @Test
    void aBuildMakesTheCacheAnew() throws Exception {
        search();
        Files.writeString(cache, "of yesterday");
        Path source = Files.createFile(checkout.resolve("coordinator/src/main/Newer.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        search();

        assertThat(checkout.resolve("builds")).hasContent("built\nbuilt");
        assertThat(loaded).content().contains(FROM_CACHE).doesNotContain(FROM_JAR);
    }

    @Test
    void aCacheOfOtherJarsIsLeftAside() throws Exception {
        Run before = search();
        try (Stream<Path> jars = Files.list(checkout.resolve("coordinator/target/quarkus-app/app"));
                FileSystem jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow())) {
            Files.writeString(jar.getPath("another-build"), "");
        }

        assertGoesOnWithout(before);
    }

    @Test
    void aBrokenCacheIsLeftAside() throws Exception {
        Run before = search();
        byte[] whole = Files.readAllBytes(cache);

        Files.write(cache, "This is no cache.".getBytes(StandardCharsets.UTF_8));
        assertGoesOnWithout(before);
        Files.write(cache, new byte[0]);
        assertGoesOnWithout(before);
        Files.write(cache, Arrays.copyOf(whole, whole.length / 2));
        assertGoesOnWithout(before);
    }

    @Test
    void aCacheThatCannotBeMadeIsDoneWithout() throws Exception {
        // Where the cache is to be, something else lies that no JVM can write over.
        Files.createDirectories(cache.resolve("in-the-way"));

        Run run = search();

        assertThat(run.code()).isZero();
        assertThat(run.answers()).hasSize(4).noneMatch(answer -> answer.contains("error"));
        assertThat(loaded).content().contains(FROM_JAR);
    }

    private void assertGoesOnWithout(Run before) throws Exception {
        Run run = search();

        assertThat(run.code()).isZero();
        assertThat(run.answers()).isEqualTo(before.answers());
        assertThat(loaded).content().contains(FROM_JAR).doesNotContain(FROM_CACHE);
    }

    private Run search() throws IOException, InterruptedException {
        Files.deleteIfExists(loaded);
        Path out = checkout.resolve("out");
        Path in = Files.writeString(checkout.resolve("in"), CONVERSATION);
        var builder = new ProcessBuilder(
                        "/bin/sh", checkout.resolve("deploy/local/tunefleet").toString(), "search")
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
        int code = builder.start().waitFor();
        return new Run(code, Files.readAllLines(out));
    }

    /** This JDK, but its {@code java} writes to {@link #loaded} from where a search loads its classes. */
    private void makeAJdkThatTells() throws IOException {
        Path real = Path.of(System.getProperty("java.home"));
        Path jdk = Files.createDirectories(checkout.resolve("jdk"));
        Files.createDirectories(jdk.resolve("bin"));
        Files.copy(real.resolve("release"), jdk.resolve("release"));
        Files.createSymbolicLink(jdk.resolve("bin/javac"), real.resolve("bin/javac"));
        program(jdk.resolve("bin/java"), """
                for word; do
                  shift
                  case $word in
                  -Xlog:all=*) set -- "$@" "$word" "-Xlog:class+load:file=%s" ;;
                  *) set -- "$@" "$word" ;;
                  esac
                done
                exec '%s' "$@"
                """.formatted(loaded, real.resolve("bin/java")));
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copyJars(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".jar")).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
