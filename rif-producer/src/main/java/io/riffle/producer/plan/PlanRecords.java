package io.riffle.producer.plan;

import io.riffle.producer.kafka.ControlWriter;
import io.riffle.producer.ledger.LedgerFile;
import io.riffle.producer.plan.ObjectReading.Accepted;
import io.riffle.producer.rif.PlannedSplit;
import io.riffle.schemas.control.Progress.Planned;
import io.riffle.schemas.control.Split;
import io.riffle.schemas.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A file's plan as the records of one transaction. */
final class PlanRecords {

  private final Topics topics;
  private final ControlWriter writer;
  private final String bucket;

  PlanRecords(Topics topics, ControlWriter writer, String bucket) {
    this.topics = topics;
    this.writer = writer;
    this.bucket = bucket;
  }

  /**
   * The plan first, then the splits in order.
   *
   * @param splitPartitions partitions of the splits topic
   */
  List<ProducerRecord<byte[], byte[]>> of(
      LedgerFile file, Accepted read, Planned planned, int splitPartitions) {
    return of(file, read, planned, splitPartitions, Optional.empty());
  }

  /**
   * The same of a redrive, if one is given: only the splits that have wanted records.
   *
   * @param splitPartitions partitions of the splits topic
   */
  List<ProducerRecord<byte[], byte[]>> of(
      LedgerFile file,
      Accepted read,
      Planned planned,
      int splitPartitions,
      Optional<WantedRecords> wanted) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(writer.write(topics.progress(), planned.key(), planned));
    boolean compressed = CompressedName.matches(file.name());
    // The chunks of a gzip object can only be read one after the other, by one worker.
    Integer partition = compressed ? Math.floorMod(file.id(), splitPartitions) : null;
    List<PlannedSplit> all = read.plan().splits();
    List<PlannedSplit> splits = wanted.map(some -> some.splits(all)).orElse(all);
    for (int number = 0; number < splits.size(); number++) {
      Place place = new Place(number, splits.size(), splits.get(number));
      Split split = split(file, read, compressed, place, wanted);
      records.add(writer.write(topics.splits(), partition, key(split), split));
    }
    return records;
  }

  /** A split and where it stands among those of the attempt. */
  private record Place(int number, int of, PlannedSplit split) {}

  private Split split(
      LedgerFile file,
      Accepted read,
      boolean compressed,
      Place place,
      Optional<WantedRecords> wanted) {
    PlannedSplit planned = place.split();
    return new Split(
        file.id(),
        file.attempt(),
        bucket,
        file.s3Key(),
        read.facts().eTag(),
        compressed,
        file.type(),
        file.merge(),
        read.plan().header(),
        place.number(),
        place.of(),
        planned.start(),
        planned.end(),
        planned.line(),
        file.version().at(planned.firstRecord()),
        planned.records(),
        planned.rows(),
        wanted.map(some -> some.in(planned)));
  }

  private static byte[] key(Split split) {
    return String.format(Locale.ROOT, "%d/%d/%d", split.file(), split.attempt(), split.split())
        .getBytes(StandardCharsets.UTF_8);
  }
}
