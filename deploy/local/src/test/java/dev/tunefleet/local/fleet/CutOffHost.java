package dev.tunefleet.local.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network namespace of this machine, to programs in it another host, whose packets can be dropped: nobody is told that a
 * connection has ended, as when a cable is pulled. Needs root, {@code ip} and {@code iptables}.
 */
final class CutOffHost implements AutoCloseable {

    private static final String NAME = "tf" + ProcessHandle.current().pid();
    private static final Pattern NAMES = Pattern.compile("tf(\\d+)\\b");
    private static final String OUTER = NAME + "o";
    private static final String INNER = NAME + "i";
    /** From the block that is set aside for tests of networks (RFC 2544), so that no network of this machine is hidden. */
    private static final String THIS_SIDE = "198.18.77.1";

    private static final String OTHER_SIDE = "198.18.77.2";

    private CutOffHost() {}

    /** Whether this machine lets us make one. */
    static boolean possible() {
        return System.getProperty("user.name").equals("root")
                && Files.exists(Path.of("/proc/self/ns/net"))
                && found("ip")
                && found("iptables");
    }

    static CutOffHost create() throws IOException, InterruptedException {
        deleteThoseOfTheDead();
        var host = new CutOffHost();
        run("ip", "netns", "add", NAME);
        try {
            run("ip", "link", "add", OUTER, "type", "veth", "peer", "name", INNER, "netns", NAME);
            run("ip", "addr", "add", THIS_SIDE + "/30", "dev", OUTER);
            run("ip", "link", "set", OUTER, "up");
            host.inside("ip", "addr", "add", OTHER_SIDE + "/30", "dev", INNER);
            host.inside("ip", "link", "set", INNER, "up");
            host.inside("ip", "link", "set", "lo", "up");
            return host;
        } catch (IOException | InterruptedException failure) {
            host.close();
            throw failure;
        }
    }

    /** A test that was killed left its own behind, which has the addresses that the next one needs. */
    private static void deleteThoseOfTheDead() throws IOException, InterruptedException {
        for (String line : run("ip", "netns", "list").lines().toList()) {
            Matcher name = NAMES.matcher(line);
            if (name.lookingAt()
                    && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                run("ip", "netns", "delete", name.group());
            }
        }
    }

    /** Under which the other host sees this machine. */
    String thisSide() {
        return THIS_SIDE;
    }

    /** Under which this machine sees the other host. */
    String otherSide() {
        return OTHER_SIDE;
    }

    /** {@code command} as this machine has to run it so that it runs on the other host. */
    static List<String> command(List<String> command) {
        var line = new ArrayList<>(List.of("ip", "netns", "exec", NAME));
        line.addAll(command);
        return line;
    }

    /** From now on every packet in either direction is dropped. */
    void cut() throws IOException, InterruptedException {
        inside("iptables", "-A", "INPUT", "-i", INNER, "-j", "DROP");
        inside("iptables", "-A", "OUTPUT", "-o", INNER, "-j", "DROP");
    }

    void mend() throws IOException, InterruptedException {
        inside("iptables", "-F");
    }

    @Override
    public void close() {
        try {
            run("ip", "netns", "delete", NAME);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void inside(String... command) throws IOException, InterruptedException {
        run(command(Arrays.asList(command)).toArray(new String[0]));
    }

    /** @return what it said */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
        return said;
    }

    private static boolean found(String program) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
