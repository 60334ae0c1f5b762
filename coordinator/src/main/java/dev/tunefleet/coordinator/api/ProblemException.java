package dev.tunefleet.coordinator.api;

import java.io.IOException;
import java.io.Serial;

import dev.tunefleet.common.blob.StoreRefusesException;

/** A request that cannot be served, with what its sender is told. */
final class ProblemException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    private ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    private ProblemException(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, "Bad request", detail));
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(Problem.of(404, "Not found", detail));
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(Problem.of(409, "Conflict", detail));
    }

    static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.of(413, "Content too large", detail));
    }

    static ProblemException unprocessable(String detail) {
        return new ProblemException(Problem.of(422, "Unprocessable content", detail));
    }

    /** Something that this coordinator needs is away, as {@code cause} says. */
    static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(Problem.of(503, "Service unavailable", detail), cause);
    }

    /** What the blob store holds could not be read. */
    static ProblemException unread(IOException failure) {
        return store("read", failure);
    }

    /** The blob store did not take what it was given. */
    static ProblemException unwritten(IOException failure) {
        return store("written", failure);
    }

    /** A store that refuses says why, and to try again does not help; one that is away may be back. */
    private static ProblemException store(String done, IOException failure) {
        String detail = failure instanceof StoreRefusesException
                ? failure.getMessage()
                : "The blob store could not be " + done + "; try again.";
        return unavailable(detail, failure);
    }

    Problem problem() {
        return problem;
    }
}
