-- Synthetic data sets, and the ids that they say are their own: the tables of record are searched for these before the set is
-- loaded for the first time. The ids are those of made-up people.
CREATE TABLE riffle.synthetic_sets (
  manifest_id bigint PRIMARY KEY REFERENCES riffle.manifests,
  claims_ids boolean NOT NULL,             -- false: there is nothing to check, and the columns up to bene_id_end are null
  clm_grp_id_start bigint,
  pde_id_start bigint,
  carr_clm_cntl_num_start bigint,
  fi_doc_cntl_num_start text,
  hicn_start text,
  bene_id_start bigint,
  clm_id_start bigint,
  mbi_start text,
  bene_id_end bigint,
  outcome varchar(16),                     -- PASSED, REJECTED; null: not checked
  checked_at timestamptz
);
