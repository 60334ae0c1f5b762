package dev.tunefleet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** The Dockerfile of the images, as far as ours goes: stages, each a list of instructions in order. */
final class Dockerfile {

    private static final String FROM = "FROM";

    private final Map<String, List<Instruction>> stages = new TreeMap<>();

    private Dockerfile() {}

    /** A line: {@code COPY}, {@code ENV} and the like, and what follows it. */
    record Instruction(String name, String rest) {

        List<String> words() {
            return List.of(rest.split("\\s+"));
        }
    }

    static Dockerfile read() throws IOException {
        var read = new Dockerfile();
        String text = Files.readString(Repository.path("deploy/images/Dockerfile"));
        List<Instruction> current = new ArrayList<>();
        for (String line : text.replace("\\\n", " ").lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\s+", 2);
            if (parts[0].equals(FROM)) {
                current = new ArrayList<>();
                read.stages.put(parts[1].replaceFirst(".* AS ", ""), current);
            } else {
                current.add(new Instruction(parts[0], parts[1]));
            }
        }
        return read;
    }

    /** The instructions called {@code name} of a stage, in order. */
    Stream<Instruction> of(String stage, String name) {
        return stages.get(stage).stream()
                .filter(instruction -> instruction.name().equals(name));
    }

    /** The only instruction called {@code name} of a stage. */
    Instruction only(String stage, String name) {
        List<Instruction> found = of(stage, name).toList();
        if (found.size() != 1) {
            throw new IllegalStateException("The stage " + stage + " must have one " + name + ", has " + found + ".");
        }
        return found.getFirst();
    }

    Map<String, String> environment(String stage) {
        var values = new TreeMap<String, String>();
        of(stage, "ENV").flatMap(line -> line.words().stream()).forEach(word -> {
            int equals = word.indexOf('=');
            values.put(word.substring(0, equals), word.substring(equals + 1));
        });
        return values;
    }

    List<String> entrypoint(String stage) throws IOException {
        return List.of(new JsonMapper().readValue(only(stage, "ENTRYPOINT").rest(), String[].class));
    }
}
