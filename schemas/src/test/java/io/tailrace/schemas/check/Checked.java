package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.manifest.ManifestProblem;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import java.util.List;

/** A valid manifest, of which tests change one field at a time. */
record Checked(String yaml) {

    /** Says that the manifest is valid as it is. */
    Checked isValid() {
        ParsedFile file = Manifests.parse("test.yaml", yaml);
        assertThat(file.problems().stream().map(ManifestProblem::text)).isEmpty();
        assertThat(file.objects()).hasSize(1);
        return this;
    }

    /** The manifest with other words in place of some that stand there. */
    Checked with(String words, String others) {
        assertThat(yaml).contains(words);
        return new Checked(yaml.replace(words, others));
    }

    /** The problems, each as "field: found, expected". */
    List<String> problems() {
        return Manifests.parse("test.yaml", yaml).problems().stream()
                .map(ManifestProblem::problem)
                .map(Checked::line)
                .toList();
    }

    static String line(Problem problem) {
        return problem.field() + ": " + problem.found() + ", " + problem.expected();
    }

    /** Says that there is one problem, with this field, and that it speaks of this. */
    void hasProblem(String field, String about) {
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(field + ": ")
                .contains(about);
    }
}
