package dev.tunefleet.common.studyfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Collects the mistakes of one file, so that its user sees all of them at once. */
final class Mistakes {

    private static final int LONGEST_VALUE = 60;

    private final String file;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(String file) {
        this.file = file;
    }

    void add(Node node, String field, String rule) {
        found.add(new Mistake(file, line(node), field, valueOf(node), rule));
    }

    void addWithoutValue(Node node, String field, String rule) {
        found.add(new Mistake(file, line(node), field, "", rule));
    }

    void add(int line, String rule) {
        found.add(new Mistake(file, line, "", "", rule));
    }

    /**
     * Returns when there are none.
     *
     * @throws StudyFileException with all of them
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StudyFileException(found.stream()
                    .sorted(Comparator.comparingInt(Mistake::line))
                    .toList());
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    private static String valueOf(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return "";
        }
        String text = scalar.getValue().replaceAll("\\s+", " ");
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
