package dev.tunefleet.common.studyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import dev.tunefleet.common.space.Parameter;
import dev.tunefleet.common.spec.Guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The schema for editors and the reader say the same, as far as a schema can say it. */
class StudySchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode DOCUMENT = document();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(DOCUMENT);

    static List<String> good() {
        return List.of(
                StudyFileTest.SHORTEST,
                StudyFileTest.LONGEST,
                StudyFile.write(StudyFile.parse("a.yaml", StudyFileTest.SHORTEST)),
                StudyFile.write(StudyFile.parse("a.yaml", StudyFileTest.LONGEST)),
                with("budget: {parallel: auto, time: 2d}"),
                with("objective: [mse, parameters, trainingSeconds]"),
                with("objective: [{metric: mae}, {metric: parameters, direction: minimize}]"),
                with("space: {l2: {range: [1e-4, 1e-2], optional: false}, units: {options: [50, 60]}}"),
                with("search: {scheduler: median, minEpochs: 5, enqueue: [{l2: off}]}"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatTheReaderTakesTheSchemaTakes(String text) throws IOException {
        assertThat(StudyFile.parse("a.yaml", text)).isNotNull();

        assertThat(SCHEMA.validate(json(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "budget: {trials: 0}",
                "budget: {trials: 3.5}",
                "budget: {trials: many}",
                "budget: {trails: 5}",
                "budget: {time: 10}",
                "budget: {time: 0s}",
                "budget: {parallel: none}",
                "budget: 40",
                "task: forcast",
                "validation: {scheme: kfold}",
                "validation: {split: [0.9, 0.1]}",
                "objective: {metric: accuracy}",
                "objective: {direction: maximize}",
                "objective: []",
                "objective: [parameters]",
                "objective: [mse, mae]",
                "objective: [mse, {direction: minimize}]",
                "objective: [mse, {metric: mae}]",
                "training: {patience: 0}",
                "training: {clipNorm: -1}",
                "training: {truncation: 0}",
                "training: {time: 0s}",
                "space: {unit: 50}",
                "space: {units: 0}",
                "space: {units: 50.5}",
                "space: {units: [50, 100, 200]}",
                "space: {units: off}",
                "space: {units: {range: 5}}",
                "space: {units: {range: [5, 9], options: [5]}}",
                "space: {learningRate: 0}",
                "space: {dropout: [0.1, 1.0]}",
                "space: {dropout: {scale: cubic}}",
                "space: {batchSize: [32, 32]}",
                "space: {batchSize: {step: 4}}",
                "space: {l2: maybe}",
                "search: {algorithm: grid}",
                "search: {scheduler: ash}",
                "search: {seed: abc}",
                "search: {cost: much}",
                "search: {transfer: births}",
                "search: {guided: perhaps}",
                "search: {enqueue: {units: 50}}",
                "serach: {seed: 1}",
            })
    void whatTheSchemaRefusesTheReaderRefuses(String line) throws IOException {
        String text = with(line);

        assertThat(SCHEMA.validate(json(text))).isNotEmpty();
        assertThatThrownBy(() -> StudyFile.parse("a.yaml", text)).isInstanceOf(StudyFileException.class);
    }

    @Test
    void bothKnowTheSameFields() {
        assertThat(names(DOCUMENT)).isEqualTo(Fields.STUDY);
        Map<String, List<String>> sections = Map.of(
                "data", Fields.DATA,
                "validation", Fields.VALIDATION,
                "objective", Fields.OBJECTIVE,
                "budget", Fields.BUDGET,
                "training", Fields.TRAINING,
                "space", Fields.SPACE,
                "search", Fields.SEARCH);
        sections.forEach((name, fields) ->
                assertThat(names(DOCUMENT.at("/properties/" + name))).as(name).isEqualTo(fields));
    }

    @Test
    void bothKnowTheSameWaysToWriteAParameter() {
        for (Parameter parameter : Guide.SPACE.parameters()) {
            JsonNode forms = DOCUMENT.at("/properties/space/properties/" + parameter.name() + "/anyOf");

            assertThat(names(forms.get(forms.size() - 1)))
                    .as(parameter.name())
                    .containsExactlyInAnyOrderElementsOf(Limits.of(parameter).detailFields());
        }
    }

    @Test
    void bothKnowTheSameChoices() {
        assertThat(choices("/properties/task/enum")).containsExactlyElementsOf(Fields.TASKS.keySet());
        assertThat(choices("/properties/objective/properties/metric/enum"))
                .containsExactlyElementsOf(Fields.METRICS.keySet());
        assertThat(choices("/properties/objective/prefixItems/0/anyOf/0/enum"))
                .containsExactlyElementsOf(Fields.METRICS.keySet());
        assertThat(choices("/properties/objective/items/anyOf/0/enum"))
                .containsExactlyElementsOf(Fields.EXPENSES.keySet());
        assertThat(choices("/properties/search/properties/cost/enum")).containsExactlyElementsOf(Fields.COSTS.keySet());
        assertThat(choices("/properties/data/properties/missing/enum"))
                .containsExactlyElementsOf(Fields.MISSING.keySet());
        assertThat(choices("/properties/data/properties/calendar/anyOf/1/items/enum"))
                .containsExactlyElementsOf(Fields.CALENDAR.keySet());
        assertThat(choices("/properties/search/properties/algorithm/enum"))
                .containsExactlyElementsOf(Fields.ALGORITHMS.keySet());
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> choices(String pointer) {
        var choices = new ArrayList<String>();
        DOCUMENT.at(pointer).forEach(choice -> choices.add(choice.asText()));
        return choices;
    }

    private static String with(String line) {
        return StudyFileTest.SHORTEST + line + "\n";
    }

    private static JsonNode document() {
        try (InputStream content = StudyFile.class.getResourceAsStream("study.schema.json")) {
            return MAPPER.readTree(content);
        } catch (IOException failure) {
            throw new IllegalStateException("The schema must be readable.", failure);
        }
    }

    /** As an editor reads it: YAML 1.2, where off and 10m are texts and 1e-3 is a number. */
    private static JsonNode json(String text) throws IOException {
        Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
        return MAPPER.valueToTree(plain(root));
    }

    private static Object plain(Node node) throws IOException {
        switch (node) {
            case MappingNode mapping -> {
                var fields = new LinkedHashMap<String, Object>();
                for (var field : mapping.getValue()) {
                    fields.put(((ScalarNode) field.getKeyNode()).getValue(), plain(field.getValueNode()));
                }
                return fields;
            }
            case SequenceNode list -> {
                var entries = new ArrayList<Object>();
                for (Node entry : list.getValue()) {
                    entries.add(plain(entry));
                }
                return entries;
            }
            default -> {
                String value = ((ScalarNode) node).getValue();
                boolean number = Scalars.number(node).isPresent() && !value.startsWith(".");
                boolean literal = number || value.equals("true") || value.equals("false");
                return literal && ((ScalarNode) node).isPlain() ? MAPPER.readTree(value) : value;
            }
        }
    }
}
