package io.veza.migrations.autoconfigure.rehearsal;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import org.jspecify.annotations.Nullable;

/**
 * Differences of the catalogs on the page.
 *
 * @param differences the differences
 */
record DifferenceList(List<CatalogDifference> differences) {

	private static final int MAX_SHOWN = 300;

	private static final int MAX_DEFINITION = 5000;

	static DifferenceList of(List<CatalogDifference> differences) {
		return new DifferenceList(differences);
	}

	boolean isEmpty() {
		return this.differences.isEmpty();
	}

	int size() {
		return this.differences.size();
	}

	void add(Html html, String caption) {
		html.open("table", "class", "differences").element("caption", caption).open("thead").open("tr");
		List.of("Object", "Before", "After").forEach((title) -> html.element("th", title, "scope", "col"));
		html.close("tr").close("thead").open("tbody");
		this.differences.stream().limit(MAX_SHOWN).forEach((difference) -> addRow(html, difference));
		html.close("tbody").close("table");
		if (size() > MAX_SHOWN) {
			html.element("p", "… and " + (size() - MAX_SHOWN) + " more, see the JSON file.");
		}
	}

	private static void addRow(Html html, CatalogDifference difference) {
		html.open("tr")
			.open("th", "scope", "row")
			.element("span", difference.kind(), "class", "kind")
			.text(" ")
			.element("code", difference.identity())
			.close("th");
		addDefinition(html, "del", difference.before(), "was not there");
		addDefinition(html, "ins", difference.after(), "is not there");
		html.close("tr").line();
	}

	private static void addDefinition(Html html, String tag, @Nullable String definition, String none) {
		html.open("td", "data-label", tag.equals("del") ? "Before" : "After");
		if (definition != null) {
			html.open(tag).element("code", ShownText.cut(definition, MAX_DEFINITION)).close(tag);
		}
		else {
			html.element("em", none);
		}
		html.close("td");
	}

}
