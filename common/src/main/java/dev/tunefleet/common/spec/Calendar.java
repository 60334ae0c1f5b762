package dev.tunefleet.common.spec;

import java.util.List;

/** Which calendar features a study adds to its inputs. */
public sealed interface Calendar {

    /** Those that the time step of the data makes useful. */
    record Automatic() implements Calendar {}

    /** These and no others; none where the list is empty. */
    record Features(List<CalendarFeature> features) implements Calendar {
        public Features {
            features = List.copyOf(features);
        }
    }
}
