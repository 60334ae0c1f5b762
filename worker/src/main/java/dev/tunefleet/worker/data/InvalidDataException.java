package dev.tunefleet.worker.data;

import java.util.Optional;

/** A data file that cannot be used as the study asks, with the place of the first cell that is wrong where there is one. */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Place> place;

    public InvalidDataException(String message) {
        super(message);
        this.place = Optional.empty();
    }

    InvalidDataException(Place place, String problem) {
        super("Line " + place.line() + " of " + place.file()
                + place.column().map(name -> ", column " + Excerpt.of(name)).orElse("") + ": " + problem);
        this.place = Optional.of(place);
    }

    public Optional<Place> place() {
        return place;
    }

    /**
     * A cell of a file.
     *
     * @param line from 1, the header included
     * @param column its name; absent where the whole line is meant
     * @param value the cell as written; absent where the whole line is meant
     */
    public record Place(String file, int line, Optional<String> column, Optional<String> value) {

        static Place line(String file, int line) {
            return new Place(file, line, Optional.empty(), Optional.empty());
        }

        static Place cell(String file, int line, String column, String value) {
            return new Place(file, line, Optional.of(column), Optional.of(value));
        }
    }
}
