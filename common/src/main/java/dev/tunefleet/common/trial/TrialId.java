package dev.tunefleet.common.trial;

/** The identity of a trial: its study and its number in it, from 0. Written {@code births/7}. */
public record TrialId(StudyId study, int number) {

    public TrialId {
        if (number < 0) {
            throw new IllegalArgumentException("The number (" + number + ") of a trial must be 0 or above.");
        }
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException when it is not of the form {@code study/number}
     */
    public static TrialId parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("The trial id (" + text + ") must have the form study/number.");
        }
        return new TrialId(new StudyId(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return study + "/" + number;
    }
}
