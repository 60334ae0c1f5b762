package dev.tunefleet.worker.train;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

import dev.tunefleet.common.trial.Assignment.FinalEvaluation;
import dev.tunefleet.common.trial.Execution;
import dev.tunefleet.common.trial.Scores;
import dev.tunefleet.common.trial.TrialEvent;
import dev.tunefleet.worker.data.Accuracy;
import dev.tunefleet.worker.data.ForecastData;
import dev.tunefleet.worker.data.InvalidDataException;
import dev.tunefleet.worker.data.Naive;
import dev.tunefleet.worker.lstm.LstmNetwork;

/** Measures a winner's model on the test part, beside the naive forecasters. */
record FinalEvaluator(PatientBlobs blobs, Datasets datasets) {

    TrialEvent evaluate(FinalEvaluation winner, Execution execution) throws IOException {
        ForecastData data = datasets.of(winner).data();
        Settings settings = Settings.of(
                winner.study(),
                winner.configuration(),
                winner.study().search().seed(),
                winner.study().budget().epochs());
        float[] parameters = ModelFile.parameters(model(winner));
        int[] test = data.origins().test();
        try (var network =
                new LstmNetwork(settings.architecture(data), settings.unrolling(), settings.hyperparameters())) {
            network.load(parameters);
            Scores scores =
                    new Accuracy(data).scores(Trainer.forecasts(network, data, settings.sequence(), test), test);
            return new TrialEvent.TestEvaluated(execution, scores, Naive.baselines(data, test));
        }
    }

    private byte[] model(FinalEvaluation winner) throws IOException {
        try {
            return blobs.get(winner.model());
        } catch (NoSuchFileException gone) {
            throw new InvalidDataException("The model (" + winner.model().key() + ") of study "
                    + winner.study().name() + " must be in the blob store, and is not. Maybe it was deleted.");
        }
    }
}
