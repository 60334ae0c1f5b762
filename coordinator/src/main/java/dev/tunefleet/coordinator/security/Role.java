package dev.tunefleet.coordinator.security;

/** What the bearer of a token may do; each role may do what those before it may. */
enum Role {
    /** Look at everything. */
    VIEW,
    /** Create, pause, resume, stop and extend studies, upload data, report measurements. */
    OPERATE,
    /** Delete, too. */
    ADMIN;

    boolean mayDoWhatNeeds(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The role that a request needs: reading is for all, destroying for administrators. */
    static Role neededFor(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> VIEW;
            case "DELETE" -> ADMIN;
            default -> OPERATE;
        };
    }
}
