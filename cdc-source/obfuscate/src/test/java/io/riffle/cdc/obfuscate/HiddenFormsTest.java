package io.riffle.cdc.obfuscate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact forms of telephone numbers, addresses and dates. */
class HiddenFormsTest {

  @ParameterizedTest
  @CsvSource({
    "9858712312,985***12",
    "+49 (985) 871-23-12,+499***12",
    "98587123,985***23",
    "9858712,***12",
    "98512,***12",
    "1234,***",
    "none,***"
  })
  void telephoneNumbers(String number, String hidden) {
    assertThat(Phones.hide(number)).isEqualTo(hidden);
  }

  @ParameterizedTest
  @CsvSource({
    "anna21@gmail.com,a21@g***.com",
    "anna@gmail.com,a@g***.com",
    "jo@gmail.com,*@g***.com",
    "anna21@x.de,a21@***.de",
    "anna21@mail.example.co.uk,a21@m***.uk",
    "anna21@localhost,a21@l***",
    "'anna@b21@gmail.com','a21@g***.com'",
    "anna21,a21***",
    "@,*@***"
  })
  void addresses(String address, String hidden) {
    assertThat(Emails.hide(address)).isEqualTo(hidden);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-02-28,2020-03-01",
    "2020-02-28Z,2020-03-01Z",
    "2020-02-28T10:00:00.123456Z,2020-03-01T10:00:00.123456Z",
    "2020-02-28 10:00:00+02,2020-03-01 10:00:00+02",
    "9999-12-31,9999-12-31",
    "0001-01-01,0001-01-01"
  })
  void datesWrittenAsText(String date, String moved) {
    assertThat(Days.moved(date, 2)).contains(moved);
  }

  @ParameterizedTest
  @CsvSource({"28.02.2020", "infinity", "0044-03-15 BC", "12020-02-28", "2020-02-31"})
  void whatIsNoDateIsNotMoved(String text) {
    assertThat(Days.moved(text, 2)).isEmpty();
  }
}
