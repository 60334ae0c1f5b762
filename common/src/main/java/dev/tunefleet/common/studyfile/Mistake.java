package dev.tunefleet.common.studyfile;

/**
 * Something in a study file that cannot stay as it is.
 *
 * @param file the name of the file as its user gave it
 * @param line counted from 1
 * @param field its full name ({@code budget.trials}); empty when it concerns the whole file
 * @param value what stands there; empty when nothing does
 * @param rule what it must be, as the end of a sentence, and what to do
 */
public record Mistake(String file, int line, String field, String value, String rule) {

    /** One line: {@code births.yaml:7: budget.trials (0) must be at least 1.} */
    @Override
    public String toString() {
        String subject = field.isEmpty() ? "the study file" : field;
        return file + ":" + line + ": " + subject + (value.isEmpty() ? "" : " (" + value + ")") + " " + rule;
    }
}
