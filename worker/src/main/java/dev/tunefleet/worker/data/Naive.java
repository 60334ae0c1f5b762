package dev.tunefleet.worker.data;

import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.tunefleet.common.trial.Baseline;

/**
 * Forecasters that need no training, to be beaten: the last value, and the value one season before.
 *
 * @param season rows in a season; 1 is persistence
 */
public record Naive(int season) {

    private static final long DAY = 86_400;

    /** Persistence, and the seasons that the time step makes likely and that lie before every origin of {@code origins}. */
    public static List<Naive> of(Timeline timeline, int firstOrigin) {
        return IntStream.concat(IntStream.of(1), seasons(timeline))
                .filter(season -> season <= firstOrigin)
                .mapToObj(Naive::new)
                .toList();
    }

    private static IntStream seasons(Timeline timeline) {
        return switch (timeline) {
            case Timeline.EverySeconds(LocalDateTime ignored, long step) ->
                (step < DAY
                                ? Stream.of(DAY, 7 * DAY)
                                : step < 7 * DAY ? Stream.of(7 * DAY, 364 * DAY) : Stream.of(364 * DAY))
                        .filter(season -> season % step == 0 && season > step)
                        .mapToInt(season -> Math.toIntExact(season / step));
            case Timeline.EveryMonths(LocalDateTime ignored, int step) ->
                step < 12 && 12 % step == 0 ? IntStream.of(12 / step) : IntStream.empty();
            case Timeline.Unknown() -> IntStream.empty();
        };
    }

    public String name() {
        return season == 1 ? "persistence" : "seasonal naive (" + season + ")";
    }

    /** [origin][step][target] forecasts from what lies before each origin. */
    public float[] forecasts(ForecastData data, int[] origins) {
        int width = data.targetCount();
        float[] forecasts = new float[origins.length * data.outputs()];
        for (int i = 0; i < origins.length; i++) {
            for (int step = 0; step < data.horizon(); step++) {
                int row = origins[i] + step - season * (step / season + 1);
                System.arraycopy(data.targets(), row * width, forecasts, (i * data.horizon() + step) * width, width);
            }
        }
        return forecasts;
    }

    /** Each naive forecaster of {@code data} scored at {@code origins}. */
    public static List<Baseline> baselines(ForecastData data, int[] origins) {
        var accuracy = new Accuracy(data);
        return of(data.timeline(), origins[0]).stream()
                .map(naive -> new Baseline(naive.name(), accuracy.scores(naive.forecasts(data, origins), origins)))
                .toList();
    }
}
