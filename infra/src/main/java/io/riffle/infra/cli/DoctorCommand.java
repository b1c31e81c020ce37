package io.riffle.infra.cli;

import io.riffle.infra.stack.LocalStack;
import io.riffle.operations.doctor.Doctor;
import io.riffle.operations.doctor.DoctorJson;
import io.riffle.operations.doctor.Examination;
import io.riffle.operations.doctor.Finding;
import io.riffle.operations.doctor.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code riffle doctor}. */
@Command(
    name = "doctor",
    description =
        "Whether S3, Kafka, the registry, Postgres and Connect answer, let Riffle in and are set as"
            + " they should be, and what to do; changes nothing. Exit code 1 when something fails.")
final class DoctorCommand implements Callable<Integer> {
  @ParentCommand private Riffle riffle;

  @Option(
      names = "--patience",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "For a server that does not answer (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Override
  public Integer call() throws InterruptedException {
    LocalStack stack = riffle.options().stack();
    List<Examination> all = new ArrayList<>();
    all.add(new MachineExamination(stack.home()));
    all.addAll(Doctor.servers(stack.endpoints(), Clock.systemUTC()));
    List<Finding> findings = new Doctor(all, patience).examine();
    System.out.println(
        riffle.options().json() ? DoctorJson.of(findings).toString() : text(findings));
    return Doctor.verdict(findings) == Verdict.FAIL ? Riffle.NOT_OK : Riffle.OK;
  }

  private static String text(List<Finding> findings) {
    Table table = new Table("PART", "VERDICT", "FOUND", "TO DO");
    for (Finding finding : findings) {
      table.row(
          finding.part(), finding.verdict().name(), finding.text(), finding.advice().orElse("-"));
    }
    return table.toString();
  }
}
