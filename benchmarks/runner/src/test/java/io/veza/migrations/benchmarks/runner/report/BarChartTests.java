package io.veza.migrations.benchmarks.runner.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BarChart}.
 */
class BarChartTests {

	@Test
	void barsAreAsLongAsTheirValues() throws Exception {
		NodeList bars = parse(new BarChart("Times").bar("a", 100, "100", true).bar("b", 25, "25", false))
			.getElementsByTagName("rect");

		assertThat(bars.item(0).getAttributes().getNamedItem("width").getNodeValue()).isEqualTo("380.0");
		assertThat(bars.item(1).getAttributes().getNamedItem("width").getNodeValue()).isEqualTo("95.0");
	}

	@Test
	void textIsEscaped() throws Exception {
		Document chart = parse(new BarChart("a < b & \"c\"").bar("<script>", 1, "1 & 2", false));

		assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & \"c\"");
		assertThat(chart.getElementsByTagName("script").getLength()).isZero();
	}

	@Test
	void valuesOfNothingHaveBars() throws Exception {
		NodeList bars = parse(new BarChart("Times").bar("a", 0, "0", true)).getElementsByTagName("rect");

		assertThat(bars.item(0).getAttributes().getNamedItem("width").getNodeValue()).isEqualTo("1.0");
	}

	@Test
	void colorsFollowThePage() {
		assertThat(new BarChart("Times").svg()).contains("@media (prefers-color-scheme: dark)");
	}

	private static Document parse(BarChart chart) throws Exception {
		return DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
	}

}
