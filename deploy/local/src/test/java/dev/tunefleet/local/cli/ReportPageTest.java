package dev.tunefleet.local.cli;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

import dev.tunefleet.common.spec.Specs;
import dev.tunefleet.local.client.ImportanceView;
import dev.tunefleet.local.client.StudyView;
import dev.tunefleet.local.client.TrialView;

import static org.assertj.core.api.Assertions.assertThat;

class ReportPageTest {

    @Test
    void aReportTellsTheBestTheCurvesWhatMattersAndWhyTrialsWereBad() {
        String html = new ReportPage(findings(30)).html();

        assertThat(html)
                .contains("Best configuration", "<td>0.001235</td>", "<td>98 %</td>")
                .contains("How the search went", "Validation error of the best trials")
                .contains("Which parameters matter", "learningRate", "correlation 0.71")
                .contains("Why trials were bad", "diverged", "The loss was NaN in epoch 2.", "Lower the learning rate.")
                .contains("What to do next", "The best units are at the edge.");
    }

    @Test
    void itIsOneFileThatNeedsNothingBesideIt() {
        assertThat(new ReportPage(findings(30)).html())
                .doesNotContain("http:", "https:", "<script", "<link", "src=", "url(");
    }

    @Test
    void picturesAreWellFormedAndStayInTheirFrame() throws Exception {
        String html = new ReportPage(findings(30)).html();
        String picture = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + 6);

        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(picture)));
        var circles = svg.getElementsByTagName("circle");

        assertThat(circles.getLength()).isEqualTo(29);
        for (int i = 0; i < circles.getLength(); i++) {
            var at = circles.item(i).getAttributes();
            assertThat(Double.parseDouble(at.getNamedItem("cx").getNodeValue())).isBetween(70.0, 590.0);
            assertThat(Double.parseDouble(at.getNamedItem("cy").getNodeValue())).isBetween(12.0, 240.0);
        }
    }

    @Test
    void whatUsersCalledThingsIsTextAndNothingElse() {
        Findings usual = findings(3);
        var odd = new Findings(
                usual.study(),
                List.of(new Findings.Advice("<script>alert(1)</script>", "&")),
                usual.trials(),
                usual.examined(),
                usual.verdicts(),
                usual.importance());

        assertThat(new ReportPage(odd).html())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp;")
                .doesNotContain("<script");
    }

    @Test
    void aReportWithTooFewFullyTrainedTrialsSaysWhatIsMissing() {
        Findings usual = findings(9);
        var halved = new ImportanceView(
                9,
                OptionalInt.of(0),
                usual.importance().parameters(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of());

        String html = new ReportPage(new Findings(
                        usual.study(), usual.advice(), usual.trials(), usual.examined(), usual.verdicts(), halved))
                .html();

        assertThat(html)
                .contains("once three trials are fully trained; of 9 with results, 0 are.")
                .doesNotContain("correlation");
    }

    @Test
    void aStudyWithoutAnyResultHasAReportToo() {
        var nothing = new ImportanceView(
                0, OptionalInt.empty(), List.of(), OptionalDouble.empty(), OptionalDouble.empty(), Map.of());
        StudyView young = Views.aStudy("RUNNING", Map.of(), 1, 0);

        String html = new ReportPage(new Findings(young, List.of(), List.of(), List.of(), List.of(), nothing)).html();

        assertThat(html).contains("No trial has a result yet.").doesNotContain("<svg", "NaN", "Infinity");
    }

    /** A study of {@code count} trials, of which the second diverged. */
    static Findings findings(int count) {
        List<TrialView> trials =
                IntStream.range(0, count).mapToObj(ReportPageTest::trial).toList();
        var examined = new ArrayList<>(trials);
        examined.sort((a, b) -> Double.compare(
                a.value().orElse(Double.POSITIVE_INFINITY), b.value().orElse(Double.POSITIVE_INFINITY)));
        StudyView done = Views.aCompletedStudy();
        var study = new StudyView(
                done.id(),
                done.state(),
                done.reason(),
                Optional.of(Specs.aStudySpec()),
                done.created(),
                done.secondsRunning(),
                done.requested(),
                done.counts(),
                done.epochs(),
                done.best(),
                done.test());
        return new Findings(
                study,
                List.of(new Findings.Advice("The best units are at the edge.", "Widen their range.")),
                trials,
                examined,
                List.of(
                        new Findings.Verdict(1, "DIVERGED", "The loss was NaN in epoch 2.", "Lower the learning rate."),
                        new Findings.Verdict(
                                4, "OVERFIT", "Training fell by 40 % while validation rose.", "More dropout."),
                        new Findings.Verdict(9, "OVERFIT", "Training fell while validation rose.", "More dropout.")),
                new ImportanceView(
                        29,
                        OptionalInt.of(29),
                        List.of(
                                new ImportanceView.Share("learningRate", 0.62, 0.71),
                                new ImportanceView.Share("units", 0.08, 0.2)),
                        OptionalDouble.of(0.71),
                        OptionalDouble.of(0.88),
                        Map.of(3, 0.6)));
    }

    private static TrialView trial(int number) {
        boolean bad = number == 1;
        double value = 0.02 + 0.4 / (1 + number) * (1 + Math.sin(number * 7.0)) + (number == 2 ? 40 : 0);
        return new TrialView(
                number,
                bad ? "INFEASIBLE" : "COMPLETED",
                bad ? Optional.of("DIVERGED: The loss was NaN in epoch 2.") : Optional.empty(),
                Views.CONFIGURATION,
                1,
                Optional.of("worker-1"),
                20,
                20,
                bad ? OptionalDouble.empty() : OptionalDouble.of(value),
                bad ? OptionalInt.empty() : OptionalInt.of(18),
                OptionalDouble.of(3.25),
                IntStream.rangeClosed(1, 20)
                        .mapToObj(epoch -> new TrialView.Point(
                                epoch,
                                OptionalDouble.of(value / epoch),
                                OptionalDouble.of(value * (1 + 3.0 / epoch)),
                                OptionalDouble.of(0.2)))
                        .toList());
    }
}
