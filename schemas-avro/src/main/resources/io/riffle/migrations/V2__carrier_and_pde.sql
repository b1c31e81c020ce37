-- Tables of record of CARRIER and PDE, as their layouts describe them (TableDdl; a test holds this file against it).

