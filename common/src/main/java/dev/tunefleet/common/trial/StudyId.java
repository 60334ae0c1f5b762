package dev.tunefleet.common.trial;

/** The identity of a study: the name its user gave it. */
public record StudyId(String name) implements Comparable<StudyId> {

    public StudyId {
        if (name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException(
                    "The id (" + name + ") of a study must not be blank nor contain a slash.");
        }
    }

    @Override
    public int compareTo(StudyId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
