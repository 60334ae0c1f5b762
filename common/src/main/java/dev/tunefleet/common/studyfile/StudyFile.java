package dev.tunefleet.common.studyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

import dev.tunefleet.common.spec.StudySpec;

/** Reads and writes study files. */
public final class StudyFile {

    private static final int LARGEST_BYTES = 1_000_000;

    private StudyFile() {}

    /**
     * The study in {@code file}, with the guide's defaults for what it leaves out. Its data's path stays as written, which is
     * relative to the file.
     *
     * @throws StudyFileException with every mistake in it
     */
    public static StudySpec read(Path file) throws IOException {
        return parse(file.toString(), text(file));
    }

    /**
     * What stands in {@code file}, which is read no further than a study file can reach.
     *
     * @throws StudyFileException when it is larger or is no text
     */
    public static String text(Path file) throws IOException {
        var mistakes = new Mistakes(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST_BYTES + 1);
            if (content.length > LARGEST_BYTES) {
                mistakes.add(1, "must have at most " + LARGEST_BYTES + " bytes. Maybe this is the data and no study.");
                mistakes.throwIfAny();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException foreign) {
            mistakes.add(1, "must be UTF-8 text.");
            mistakes.throwIfAny();
            throw foreign;
        }
    }

    /**
     * As {@link #read}, of a file called {@code name} whose content is {@code text}.
     *
     * @throws StudyFileException with every mistake in it
     */
    public static StudySpec parse(String name, String text) {
        var mistakes = new Mistakes(name);
        Optional<StudySpec> spec = compose(mistakes, text).flatMap(root -> new SpecReader(mistakes).read(root));
        mistakes.throwIfAny();
        return spec.orElseThrow();
    }

    /** A study file that reads as {@code spec}, whole, with nothing left to defaults. */
    public static String write(StudySpec spec) {
        return new SpecWriter().write(spec);
    }

    private static Optional<Node> compose(Mistakes mistakes, String text) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root == null) {
                mistakes.add(1, "must not be empty.");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            mistakes.add(line, "must be valid YAML: " + broken.getProblem() + ".");
        } catch (YAMLException broken) {
            mistakes.add(1, "must be valid YAML: " + broken.getMessage() + ".");
        }
        return Optional.empty();
    }
}
