package dev.tunefleet.local.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import dev.tunefleet.local.simulation.Reading;

import static org.assertj.core.api.Assertions.assertThat;

class SimulationPictureTest {

    @Test
    void eachSizeIsAPointOfEachLine() throws Exception {
        String svg = new SimulationPicture(List.of(reading(100, 12), reading(1000, 30), reading(5000, 90))).svg();

        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(6);
        assertThat(picture.getElementsByTagName("circle").getLength()).isEqualTo(18);
        assertThat(svg).contains(">5,000<");
    }

    @Test
    void aValueThatWasNotMeasuredIsLeftOut() {
        String svg = new SimulationPicture(List.of(reading(100, Double.NaN))).svg();

        assertThat(svg).doesNotContain("NaN");
    }

    private static Reading reading(int slots, double idle) {
        return new Reading(slots, slots / 60.0, slots / 4.0, slots / 4.0, idle, 2 * idle, 0.4, 0.3, Double.NaN, 0, 0);
    }
}
