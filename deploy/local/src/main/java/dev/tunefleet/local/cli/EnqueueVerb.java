package dev.tunefleet.local.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import dev.tunefleet.common.space.Configuration;
import dev.tunefleet.common.space.SearchSpace;
import dev.tunefleet.common.space.Value;
import dev.tunefleet.common.spec.Guide;
import dev.tunefleet.local.client.Coordinator;
import dev.tunefleet.local.client.StudyView;

/** {@code tunefleet enqueue STUDY units=100 layers=2}. */
@Command(
        name = "enqueue",
        description = "Has a configuration of your own tried before any suggestion.",
        mixinStandardHelpOptions = true)
final class EnqueueVerb implements Callable<Integer> {

    private final Screen screen;

    @Parameters(index = "0", paramLabel = "STUDY", description = "The name of the study.")
    private String study;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME=VALUE",
            description = "Parameters, such as units=100 or l2=off; what is left out has the guide's start value.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Mixin
    private ServerSettings server;

    EnqueueVerb(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinator coordinator = server.coordinator();
        SearchSpace space = coordinator.study(study).spec().orElseThrow().space();
        Configuration configuration = Guide.start(space);
        for (var entry : values.entrySet()) {
            space.parameter(entry.getKey());
            configuration = configuration.with(entry.getKey(), value(entry.getValue()));
        }
        space.check(configuration);
        StudyView view = coordinator.enqueue(study, configuration);
        String sentence = "The study " + study + " will try " + Progress.words(configuration) + ".";
        new Answer(screen, server.format()).tell(sentence, view);
        return Exit.DONE;
    }

    private static Value value(String text) {
        if (text.equals("off")) {
            return Value.off();
        }
        try {
            return Value.of(Double.parseDouble(text));
        } catch (NumberFormatException noNumber) {
            return Value.of(text);
        }
    }
}
