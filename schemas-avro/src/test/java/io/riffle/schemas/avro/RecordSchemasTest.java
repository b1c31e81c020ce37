package io.riffle.schemas.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.layout.Column;
import io.riffle.schemas.layout.Layout;
import io.riffle.schemas.layout.Layouts;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RecordSchemasTest {

  private final Layout carrier = Layouts.load().get("CARRIER");
  private final Layout persons = Layouts.load().get("BENEFICIARY");

  @Test
  void fullRecordHasOriginColumnsAndLines() {
    Schema schema = RecordSchemas.full(carrier);

    assertThat(schema.getFullName()).isEqualTo("io.riffle.rif.Carrier");
    assertThat(schema.getFields()).hasSize(1 + 54 + 1);
    assertThat(line(schema).getFields()).hasSize(45);
    assertThat(line(schema).getField("line_srvc_cnt").schema().getType())
        .isEqualTo(Schema.Type.STRING);
  }

  @Test
  void mergedRowIsEncodedLikeTheFullRecord() {
    List<Schema.Field> full = RecordSchemas.full(carrier).getFields();
    List<Schema.Field> merged = RecordSchemas.merged(carrier).getFields();

    for (int i = 1; i < 55; i++) {
      assertThat(merged.get(i).schema()).isEqualTo(full.get(i).schema());
    }
  }

  @Test
  void mergeRecordHasOnlyTheColumnsOfTheHeaderInLayoutOrder() {
    Schema schema =
        RecordSchemas.merge(carrier, List.of("CARR_CLM_CNTL_NUM", "CLM_ID", "CARR_NUM"));

    assertThat(schema.getFields().stream().map(Schema.Field::name))
        .containsExactly("origin", "clm_id", "carr_num", "carr_clm_cntl_num");
  }

  @Test
  void mergeRecordHasLinesWhenTheHeaderHasTheLineKey() {
    Schema schema = RecordSchemas.merge(carrier, List.of("CLM_ID", "LINE_NUM", "HCPCS_CD"));

    assertThat(line(schema).getFields().stream().map(Schema.Field::name))
        .containsExactly("line_num", "hcpcs_cd");
  }

  @Test
  void mergeRecordRefusesLineColumnsWithoutLineKey() {
    assertThatThrownBy(() -> RecordSchemas.merge(carrier, List.of("CLM_ID", "HCPCS_CD")))
        .hasMessage("CARRIER has line columns but no line key");
  }

  @Test
  void fullRecordMayLackOptionalColumnsOnly() {
    List<String> names = carrier.columns().stream().map(Column::name).toList();
    List<String> older = names.stream().filter(n -> !n.equals("CARR_CLM_BLG_NPI_NUM")).toList();

    assertThat(RecordSchemas.full(carrier, older).getField("carr_clm_blg_npi_num")).isNull();
    assertThatThrownBy(() -> RecordSchemas.full(carrier, older.subList(1, older.size())))
        .hasMessage("CARRIER needs column DML_IND");
  }

  @Test
  void aPersonsYearIsALineAndAFieldOfTheFullRecord() {
    Schema full = RecordSchemas.full(persons);

    assertThat(full.getField("rfrnc_yr")).isNotNull();
    assertThat(full.getField("mbi_hash")).isNotNull();
    assertThat(full.getField("fips_state_cnty_jan_cd")).isNull();
    assertThat(line(full).getFields()).hasSize(1 + 12 * 13);
    assertThat(line(full).getFields().get(0).name()).isEqualTo("rfrnc_yr");
  }

  @Test
  void theYearOfAMergeRecordIsNoFieldOfThePerson() {
    Schema schema =
        RecordSchemas.merge(persons, List.of("BENE_ID", "RFRNC_YR", "MBI_NUM", "HMO_1_IND"));

    assertThat(schema.getFields().stream().map(Schema.Field::name))
        .containsExactly("origin", "bene_id", "mbi_num", "mbi_hash", "lines");
    assertThat(line(schema).getFields().stream().map(Schema.Field::name))
        .containsExactly("rfrnc_yr", "hmo_1_ind");
  }

  @Test
  void aMergedPersonEndsInFormerIdentities() {
    List<Schema.Field> fields = RecordSchemas.merged(persons).getFields();
    Schema.Field last = fields.get(fields.size() - 1);

    assertThat(last.name()).isEqualTo("history");
    assertThat(last.schema().getElementType().getFields().stream().map(Schema.Field::name))
        .containsExactly(
            "record",
            "bene_birth_dt",
            "bene_sex_ident_cd",
            "bene_crnt_hic_num",
            "hicn_unhashed",
            "mbi_num",
            "mbi_hash",
            "efctv_bgn_dt",
            "efctv_end_dt");
  }

  private static Schema line(Schema schema) {
    return schema.getField(RecordSchemas.LINES).schema().getElementType();
  }
}
