package io.riffle.infra.generate;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What makes a person another one in the eyes of the history.
 *
 * @param hicn former Medicare number
 * @param mbi Medicare number; empty text for a person who has none
 * @param begin first day of the Medicare number
 */
record Identity(LocalDate birth, String sex, String hicn, String mbi, Optional<LocalDate> begin) {

  /**
   * The field of a column that belongs to the identity; empty for other columns.
   *
   * @param random decides how dates are spelled; the same draws give equal identities equal fields
   */
  Optional<String> field(String column, SplittableRandom random) {
    return switch (column) {
      case "BENE_BIRTH_DT" -> Optional.of(FieldGenerator.date(birth, random));
      case "BENE_SEX_IDENT_CD" -> Optional.of(sex);
      case "BENE_CRNT_HIC_NUM" -> Optional.of(hicn);
      case "MBI_NUM" -> Optional.of(mbi);
      case "EFCTV_BGN_DT" ->
          Optional.of(begin.map(day -> FieldGenerator.date(day, random)).orElse(""));
      default -> Optional.empty();
    };
  }
}
