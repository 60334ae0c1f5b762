package dev.tunefleet.common.studyfile;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
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

    private StudyFile() {}

    /**
     * The study in {@code file}, with the guide's defaults for what it leaves out. Its data's path stays as written, which is
     * relative to the file.
     *
     * @throws StudyFileException with every mistake in it
     */
    public static StudySpec read(Path file) throws IOException {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException foreign) {
            var mistakes = new Mistakes(file.toString());
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
