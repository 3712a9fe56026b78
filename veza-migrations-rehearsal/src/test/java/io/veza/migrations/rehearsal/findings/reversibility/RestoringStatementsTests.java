package io.veza.migrations.rehearsal.findings.reversibility;

import java.util.List;

import io.veza.migrations.CatalogDifference;
import org.junit.jupiter.api.Test;

import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.fresh;
import static io.veza.migrations.rehearsal.findings.TestSubjectBuilder.gone;
import static org.assertj.core.api.Assertions.assertThat;

class RestoringStatementsTests {

	@Test
	void whatIsLeftIsDropped() {
		assertThat(RestoringStatements.of(List.of(fresh("function", "public.f(integer)", "x", "CREATE …"),
				fresh("constraint", "public.t.\"A b\"", "public.t", "CHECK (true)"),
				fresh("trigger", "public.t.tr", "public.t", "CREATE …"),
				fresh("comment", "table public.t", "public.t", "x"))))
			.isEqualTo("""
					DROP FUNCTION public.f(integer);
					ALTER TABLE public.t DROP CONSTRAINT "A b";
					DROP TRIGGER tr ON public.t;
					-- take back: comment table public.t""");
	}

	@Test
	void whatIsGoneIsMadeAgain() {
		assertThat(RestoringStatements.of(List.of(gone("constraint", "public.t.c", "public.t", "CHECK (true)"),
				gone("view", "public.v", "public.v", "AS SELECT 1"),
				gone("table", "public.u", "public.u", "TABLE\nx"))))
			.isEqualTo("""
					ALTER TABLE public.t ADD CONSTRAINT c CHECK (true);
					CREATE OR REPLACE VIEW public.v AS SELECT 1;
					-- make it again as it was: table public.u: TABLE
					-- x""");
	}

	@Test
	void whatDiffersIsReplaced() {
		assertThat(RestoringStatements
			.of(List.of(new CatalogDifference("index", "public.i", "public.t", "CREATE INDEX a", "CREATE INDEX b"),
					new CatalogDifference("function", "public.f()", null, "CREATE OR REPLACE FUNCTION a", "b"),
					new CatalogDifference("column", "public.t.c", "public.t", "text NOT NULL", "text"))))
			.isEqualTo("""
					DROP INDEX public.i;
					CREATE INDEX a;
					CREATE OR REPLACE FUNCTION a;
					-- make it again as it was: column public.t.c: text NOT NULL""");
	}

}
