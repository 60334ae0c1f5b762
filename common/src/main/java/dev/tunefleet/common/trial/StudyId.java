package dev.tunefleet.common.trial;

/** The identity of a study: the name its user gave it. */
public record StudyId(String name) implements Comparable<StudyId> {

    /** As long as the name in a study's file may be. */
    private static final int LONGEST = 63;

    public StudyId {
        if (name.isBlank() || name.length() > LONGEST || name.contains("/")) {
            throw new IllegalArgumentException("The id (" + name + ") of a study must be 1 to " + LONGEST
                    + " characters, not all blank and none a slash.");
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
