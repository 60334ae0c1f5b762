package dev.tunefleet.common.wire;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import dev.tunefleet.common.space.Choice;
import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.space.Real;
import dev.tunefleet.common.space.Switched;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.space.Whole;
import dev.tunefleet.common.spec.Calendar;
import dev.tunefleet.common.spec.Centring;
import dev.tunefleet.common.spec.DataSource;
import dev.tunefleet.common.spec.Expense;
import dev.tunefleet.common.spec.Scheduler;
import dev.tunefleet.common.spec.SearchSettings;
import dev.tunefleet.common.spec.Stride;
import dev.tunefleet.common.spec.StudySpec;

/** The one way in which this project writes JSON. Thread-safe. */
public final class Json {

    public static final ObjectMapper MAPPER = mapper();

    private Json() {}

    /** Reads as {@code mapper} does, but refuses a record that lacks a component; one that may be missing is an Optional. */
    public static ObjectReader strict(ObjectMapper mapper) {
        return mapper.reader(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    }

    private static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule("tunefleet")
                .addSerializer(Value.class, new ValueWriter())
                .addDeserializer(Value.class, new ValueReader());
        // Most of a journal is numbers of 17 digits, which the JDK's own parser takes several times as long for.
        var factory = JsonFactory.builder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
        return JsonMapper.builder(factory)
                .addModules(new Jdk8Module(), new JavaTimeModule(), module)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                .addMixIn(Configuration.class, ConfigurationMixIn.class)
                .addMixIn(Parameter.class, ParameterMixIn.class)
                .addMixIn(Calendar.class, CalendarMixIn.class)
                .addMixIn(Stride.class, StrideMixIn.class)
                .addMixIn(Scheduler.class, SchedulerMixIn.class)
                .addMixIn(StudySpec.class, StudySpecMixIn.class)
                .addMixIn(DataSource.class, DataSourceMixIn.class)
                .addMixIn(Centring.class, CentringMixIn.class)
                .addMixIn(SearchSettings.class, SearchSettingsMixIn.class)
                .addMixIn(SearchSettings.Cost.class, CostMixIn.class)
                .addMixIn(SearchSettings.Transfer.class, TransferMixIn.class)
                .build();
    }

    private static final class ValueWriter extends JsonSerializer<Value> {
        @Override
        public void serialize(Value value, JsonGenerator out, SerializerProvider provider) throws IOException {
            switch (value) {
                case Value.Quantity(double amount)
                when amount == Math.rint(amount) && Math.abs(amount) < 1e15 -> out.writeNumber((long) amount);
                case Value.Quantity(double amount) -> out.writeNumber(amount);
                case Value.Label(String name) -> out.writeString(name);
                case Value.Off() -> out.writeString("off");
            }
        }
    }

    private static final class ValueReader extends JsonDeserializer<Value> {
        @Override
        public Value deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken().isNumeric()) {
                return Value.of(in.getDoubleValue());
            }
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return in.getText().equals("off") ? Value.off() : Value.of(in.getText());
            }
            return (Value) context.handleUnexpectedToken(Value.class, in);
        }
    }

    private record ConfigurationMixIn(@JsonValue Map<String, Value> values) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        private ConfigurationMixIn {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Real.class, name = "real"),
        @JsonSubTypes.Type(value = Whole.class, name = "whole"),
        @JsonSubTypes.Type(value = Choice.class, name = "choice"),
        @JsonSubTypes.Type(value = Switched.class, name = "switched")
    })
    private interface ParameterMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Calendar.Automatic.class, name = "automatic"),
        @JsonSubTypes.Type(value = Calendar.Features.class, name = "features")
    })
    private interface CalendarMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Stride.Automatic.class, name = "automatic"),
        @JsonSubTypes.Type(value = Stride.Rows.class, name = "rows")
    })
    private interface StrideMixIn {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Scheduler.None.class, name = "none"),
        @JsonSubTypes.Type(value = Scheduler.Asha.class, name = "asha"),
        @JsonSubTypes.Type(value = Scheduler.MedianStopping.class, name = "median-stopping")
    })
    private interface SchedulerMixIn {}

    // What a study recorded before there was a choice lacks, and what it then means.

    private abstract static class StudySpecMixIn {
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        private List<Expense> expenses;
    }

    private abstract static class DataSourceMixIn {
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        private Centring centring;
    }

    private abstract static class SearchSettingsMixIn {
        @JsonSetter(nulls = Nulls.AS_EMPTY)
        private SearchSettings.Cost cost;

        @JsonSetter(nulls = Nulls.AS_EMPTY)
        private SearchSettings.Transfer transfer;
    }

    private enum CentringMixIn {
        @JsonEnumDefaultValue
        NONE
    }

    private enum CostMixIn {
        @JsonEnumDefaultValue
        IGNORED
    }

    private enum TransferMixIn {
        @JsonEnumDefaultValue
        NONE
    }
}
