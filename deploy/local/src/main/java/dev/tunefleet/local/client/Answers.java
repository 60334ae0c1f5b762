package dev.tunefleet.local.client;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;

import dev.tunefleet.common.wire.Json;

/** How answers of a coordinator are read: it leaves out what a view has nothing of, and an older one what it does not know. */
public final class Answers {

    /** For trees and text. */
    public static final ObjectReader READER =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private Answers() {}
}
