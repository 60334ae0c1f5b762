package dev.tunefleet.common.studyfile;

import java.util.List;
import java.util.stream.Collectors;

/** A study file with mistakes, all of them, in order of their lines. */
public final class StudyFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Mistake> mistakes;

    StudyFileException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }
}
