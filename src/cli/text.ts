/** What the command line says, per language. Errors come from their catalogue, in English. */
const EN = {
  interrupting:
    "stopping: what is committed stays, run the same command again to go on (Ctrl-C again ends at once)",
  describe: {
    program: "A strategy evidence vault for Korean equities.",
    json: "print one JSON document instead of words",
    lang: "language of the command line",
    home: "folder of the embedded database and of everything Observer keeps",
    debug: "show where an error comes from",
    db: "the database: start, stop, status, psql, migrate, rollback",
    dbStart: "start the embedded server and leave it running",
    dbStop: "stop the embedded server, whoever uses it",
    dbStatus: "what the database is doing",
    dbPsql: "a session on the database, or one statement with -c",
    dbMigrate: "bring the schema up to date",
    dbRollback: "take back the last migration",
    dbDropPhase13: "drop the legacy tables of an upgraded database",
    backfill: "load JSONL files: ticks, 10-minute bars, gaps",
    import: "load CSV bars: 1, 5 or 10 minutes, or days",
    importPath: "a CSV file, or a folder with .csv and .csv.gz files",
    importPreset: "how the files are made: one of the column maps that Observer knows",
    importMap: "how the files are made: a column map of yours, a JSON file",
    importPresets: "print the column maps that Observer knows, to use or to start from",
    config: "settings: value, origin, meaning",
    noVerify: "do not check what the load touched",
    bars: "bars that follow from ticks and from 1-minute bars",
    barsBuild: "build 1-minute bars from ticks, and 10-minute bars from them where there are none",
    verify: "check schema, rows, bars, returns, gaps and plans; says what to do about each failure",
    repair: "mend what verify found, as far as the stored data say how",
    rollback: "take back a loaded file: remove exactly its rows",
    optimize: "search entry and exit thresholds on the 10-minute bars",
    demo: "the whole pipeline on a made-up market, in a vault of its own",
  },
  load: {
    stages: {
      load: "loading the files",
      derive: "building bars, coverage, returns and gaps",
      verify: "verifying what was touched",
    },
  },
  backfill: {
    head: ["kind", "files", "loaded", "lines", "new rows", "duplicates", "updated", "rejects", "failed"],
    kinds: {
      scalp: "ticks",
      swing: "10-minute bars",
      gap: "gaps",
      bars_1m: "1-minute bars",
      bars_10m: "10-minute bars",
      daily: "daily bars",
    },
    nothingNew: "everything was loaded already; nothing changed.",
    interrupted: "interrupted: run the same command again to go on.",
    rejectsHint:
      'rejected lines are kept whole: observer db psql -c "SELECT file_id, line, code, field, reason FROM ingest_rejects"',
    took: (load: string, derive: string) => `loaded in ${load}, bars and gaps in ${derive}`,
    problem: (path: string, kind: string, detail: string) => `${kind}: ${path}\n  ${detail}`,
  },
  import: {
    left: (kind: string, count: string) => `${kind}: ${count}`,
    leftOut: {
      header: "header lines",
      paddedRow: "padded bars left out (volume 0)",
      joinedHalf: "5-minute rows that became part of a 10-minute bar",
      cumulativeUnusable: "bars whose value cannot be told from the day's cumulative amount",
      zoneAssumed: "timestamps without a zone, read as Korean time",
      priceRounded: "prices with more than four decimals, rounded",
      emptyLine: "empty lines",
    },
    tenMinuteBars: (count: string) => `10-minute bars written from 1-minute bars: ${count}`,
    needsSource: "name what to import, and either --preset or --map",
    needsSourceMend:
      'observer import bars.csv.gz --preset kis-1m, or --map map.json; "observer import --show-presets" prints the maps.',
  },
  bars: {
    built: (minutes: string, days: number, tenMinutes: string) =>
      `${minutes} minutes of ${days} days looked at; ${tenMinutes} 10-minute bars written`,
  },
  verify: {
    head: ["check", "area", "result", "seconds"],
    passed: "passed",
    noted: "noted",
    skipped: "skipped",
    failed: (count: number) => `FAILED (${count})`,
    allPassed: (count: number, took: string) => `${count} checks passed in ${took}`,
    someFailed: (failed: number, total: number, took: string) =>
      `${failed} of ${total} checks failed (${took})`,
    cause: "likely cause",
    mend: "to mend it",
  },
  repair: {
    head: ["check", "step", "outcome"],
    planned: "would be done",
    done: (changed: number) => `done (${changed})`,
    cannot: (why: string) => `cannot be mended here: ${why}`,
    failed: (error: string) => `FAILED: ${error}`,
    nothing: "nothing to mend: every check passed",
    confirm: "this was only the plan; add --yes to do it.",
  },
  rollback: {
    head: ["date", "table", "symbols", "rows"],
    planned: (path: string, rows: string, rejects: string) =>
      `would remove ${rows} rows and ${rejects} rejects of ${path}`,
    done: (path: string, rows: string, rejects: string) =>
      `removed ${rows} rows and ${rejects} rejects of ${path}`,
    reload: "these files may hold older versions of what it replaced; take them back and load them again:",
  },
  optimize: {
    head: [
      "#",
      "symbol",
      "rule",
      "entry",
      "exit",
      "hold",
      "trades",
      "win rate",
      "per trade",
      "total",
      "t",
      "p",
      "p adjusted",
    ],
    rules: { mean_reversion: "mean reversion", momentum: "momentum" },
    bars: (count: number) => `${count} bars`,
    run: (id: number, hash: string, input: string) =>
      `run ${id}, configuration ${hash.slice(0, 12)}, input ${input.slice(0, 12)}`,
    counts: (trials: number, symbols: number, earlier: number) =>
      `${trials} combinations on ${symbols} symbols${earlier === 0 ? "" : `, ${earlier} tried before on this input and counted`}`,
    equalRun: (id: number, equal: boolean) =>
      equal
        ? `run ${id} asked the same of the same bars and found the same, digit for digit`
        : `run ${id} asked the same of the same bars and found something else: report this`,
    assumed: (symbols: readonly string[]) =>
      `charged as KOSPI stocks, for want of a listing: ${symbols.slice(0, 5).join(", ")}${symbols.length > 5 ? ` and ${symbols.length - 5} more` : ""}`,
  },
  demo: {
    stages: {
      sample: "writing a made-up market as JSONL files",
      database: "starting the embedded PostgreSQL",
      load: "loading the files",
      derive: "building bars, coverage, returns and gaps",
      verify: "verifying",
      optimize: "searching thresholds",
    },
    title: "Observer demo",
    sample: (files: number, lines: string, size: string, folder: string) =>
      `${lines} lines in ${files} files (${size}) in ${folder}; the symbols SIM… do not exist.`,
    sampleKept: "the sample was there already",
    expectHead: ["records", "rows", "as planned", "rejected", "as planned"],
    records: { ticks: "ticks", bars: "10-minute bars", gaps: "gaps" },
    yes: "yes",
    no: (expected: number) => `NO, ${expected} expected`,
    verified: (passed: number, total: number) => `${passed} of ${total} checks passed, none failed`,
    best: "the strongest candidate of each symbol, in sample:",
    planted: "planted",
    plantedHead: ["symbol", "rule", "entry", "exit", "trades", "per trade", "t", "p adjusted", "truth"],
    truth: (kind: string, bps: number, minutes: number) =>
      `${kind}, ${bps} bps over ${minutes} min before costs`,
    noise: "noise",
    done: (took: string) => `done in ${took}. What to try next:`,
    next: [
      "observer backfill <your data root>            load your own JSONL",
      "observer verify                               check what is stored",
      "observer optimize                             search thresholds on it",
      'observer --home HOME db psql -c "SELECT …"   look into the demo\'s tables',
    ],
  },
  db: {
    started: (version: string, port: number) => `PostgreSQL ${version} runs on 127.0.0.1:${port}`,
    applied: (names: readonly string[]) =>
      names.length === 0 ? "the schema is up to date" : `applied: ${names.join(", ")}`,
    reverted: (names: readonly string[]) =>
      names.length === 0 ? "there was nothing to take back" : `taken back: ${names.join(", ")}`,
    pending: (names: readonly string[]) =>
      names.length === 0 ? "the schema is up to date" : `to apply: ${names.join(", ")}`,
    dropped: (names: readonly string[]) => `dropped from schema phase13: ${names.join(", ")}`,
    dropConfirm: "this drops the tables as Phase 13 left them, for good; add --yes to do it.",
    phase13: {
      found: "this is a database of Phase 13. Stop what writes to it and make a backup; then the upgrade",
      steps: [
        "- moves the tables below to schema phase13, in one short transaction;",
        "- makes the schema of today;",
        "- copies every row in batches, ticks into monthly partitions; killed, it goes on where it ended;",
        "- compares counts and hashes of every table with the legacy one, which stays until you drop it.",
      ],
      planHead: ["table", "rows", "done", "state"],
      reportHead: ["table", "rows", "copied", "duplicates", "refused", "state"],
      states: { waiting: "waiting", copied: "copied", equal: "equal", unequal: "not equal" },
      leftBehind: (names: string) => `columns that are not carried over (they stay in phase13): ${names}`,
      dependents: (names: string) => `views that will go on reading the legacy tables: ${names}`,
      sessions: (names: string) => `also connected: ${names}`,
      estimate: (time: string) => `estimated time: ${time}; needs as much free disk as the tables take.`,
      confirm: "upgrade now? [y/N] ",
      moved: "legacy tables are in schema phase13",
      copying: (table: string, rows: string) => `${table}: ${rows} rows`,
      compared: (table: string) => `${table}: compared`,
      refusedHint:
        'refused rows are kept whole: observer db psql --role owner -c "SELECT table_name, reason, record FROM phase13.upgrade_refused"',
      interrupted: "interrupted: run the same command again to go on.",
      done: "upgraded, and every table is equal. The legacy tables stay until: observer db drop-phase13 --yes",
    },
  },
  error: (code: string, message: string, mend: string) =>
    `error ${code}\n  ${message}\n  to mend it: ${mend}`,
} as const;

type Words<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Words<T[K]> };

export type Text = Words<typeof EN>;

const KO: Text = {
  interrupting:
    "중지합니다. 커밋된 데이터는 남습니다. 같은 명령을 다시 실행하면 이어집니다 (Ctrl-C를 한 번 더 누르면 즉시 종료)",
  describe: {
    program: "한국 주식 전략 근거 저장소.",
    json: "표 대신 JSON 문서 하나로 출력",
    lang: "명령줄 언어",
    home: "내장 데이터베이스와 모든 자료를 두는 폴더",
    debug: "오류가 난 위치까지 표시",
    db: "데이터베이스: 시작, 중지, 상태, psql, 마이그레이션, 되돌리기",
    dbStart: "내장 서버를 시작하고 계속 켜 둠",
    dbStop: "내장 서버를 중지 (사용 중이어도)",
    dbStatus: "데이터베이스 상태",
    dbPsql: "데이터베이스 세션, 또는 -c 로 한 문장 실행",
    dbMigrate: "스키마를 최신으로",
    dbRollback: "마지막 마이그레이션 되돌리기",
    dbDropPhase13: "업그레이드한 데이터베이스의 원본 테이블 삭제",
    backfill: "JSONL 파일 적재: 틱, 10분봉, 갭",
    import: "CSV 봉 적재: 1분, 5분, 10분, 일봉",
    importPath: "CSV 파일, 또는 .csv / .csv.gz 파일이 있는 폴더",
    importPreset: "파일 형식: 내장된 열 매핑 중 하나",
    importMap: "파일 형식: 직접 만든 열 매핑 (JSON 파일)",
    importPresets: "내장 열 매핑을 출력 (그대로 쓰거나 고쳐 쓸 수 있음)",
    config: "설정: 값, 출처, 의미",
    noVerify: "적재한 범위를 점검하지 않음",
    bars: "틱과 1분봉에서 만드는 봉",
    barsBuild: "틱에서 1분봉을, 없는 곳은 1분봉에서 10분봉을 만듦",
    verify: "스키마, 행, 봉, 수익률, 갭, 실행 계획 점검과 해결 방법",
    repair: "점검에서 나온 문제를 저장된 자료로 고침",
    rollback: "적재한 파일 되돌리기: 그 파일의 행만 제거",
    optimize: "10분봉에서 진입·청산 임계값 탐색",
    demo: "가상 시장으로 전체 과정을 실행 (별도 저장소)",
  },
  load: {
    stages: {
      load: "파일 적재 중",
      derive: "봉, 커버리지, 수익률, 갭 계산 중",
      verify: "적재한 범위 점검 중",
    },
  },
  backfill: {
    head: ["종류", "파일", "적재", "줄", "새 행", "중복", "갱신", "거부", "실패"],
    kinds: { scalp: "틱", swing: "10분봉", gap: "갭", bars_1m: "1분봉", bars_10m: "10분봉", daily: "일봉" },
    nothingNew: "이미 모두 적재되어 있어 바뀐 것이 없습니다.",
    interrupted: "중단됨: 같은 명령을 다시 실행하면 이어집니다.",
    rejectsHint:
      '거부된 줄은 그대로 보관됩니다: observer db psql -c "SELECT file_id, line, code, field, reason FROM ingest_rejects"',
    took: (load, derive) => `적재 ${load}, 봉과 갭 ${derive}`,
    problem: (path, kind, detail) => `${kind}: ${path}\n  ${detail}`,
  },
  import: {
    left: (kind, count) => `${kind}: ${count}`,
    leftOut: {
      header: "헤더 줄",
      paddedRow: "제외한 채움 봉 (거래량 0)",
      joinedHalf: "10분봉으로 합쳐진 5분봉",
      cumulativeUnusable: "누적 거래대금으로 대금을 알 수 없는 봉",
      zoneAssumed: "시간대가 없어 한국 시간으로 읽은 시각",
      priceRounded: "소수점 넷째 자리를 넘어 반올림한 가격",
      emptyLine: "빈 줄",
    },
    tenMinuteBars: (count) => `1분봉에서 만든 10분봉: ${count}`,
    needsSource: "적재할 파일과 --preset 또는 --map 중 하나를 지정하십시오",
    needsSourceMend:
      'observer import bars.csv.gz --preset kis-1m 또는 --map map.json; "observer import --show-presets" 로 매핑을 볼 수 있습니다.',
  },
  bars: {
    built: (minutes, days, tenMinutes) => `${days}일, ${minutes}분을 살펴 10분봉 ${tenMinutes}개를 썼습니다`,
  },
  verify: {
    head: ["점검", "영역", "결과", "초"],
    passed: "통과",
    noted: "참고",
    skipped: "건너뜀",
    failed: (count) => `실패 (${count})`,
    allPassed: (count, took) => `점검 ${count}개 통과 (${took})`,
    someFailed: (failed, total, took) => `점검 ${total}개 중 ${failed}개 실패 (${took})`,
    cause: "추정 원인",
    mend: "해결",
  },
  repair: {
    head: ["점검", "단계", "결과"],
    planned: "실행 예정",
    done: (changed) => `완료 (${changed})`,
    cannot: (why) => `여기서 고칠 수 없음: ${why}`,
    failed: (error) => `실패: ${error}`,
    nothing: "고칠 것이 없습니다: 모든 점검 통과",
    confirm: "계획만 보였습니다. 실행하려면 --yes 를 붙이세요.",
  },
  rollback: {
    head: ["날짜", "테이블", "종목", "행"],
    planned: (path, rows, rejects) => `${path}: 행 ${rows}개와 거부 ${rejects}개를 지울 예정`,
    done: (path, rows, rejects) => `${path}: 행 ${rows}개와 거부 ${rejects}개를 지웠습니다`,
    reload: "이 파일이 바꾼 것의 이전 판을 가진 파일들입니다. 되돌린 뒤 다시 적재하세요:",
  },
  optimize: {
    head: ["#", "종목", "규칙", "진입", "청산", "보유", "거래", "승률", "거래당", "누적", "t", "p", "보정 p"],
    rules: { mean_reversion: "평균회귀", momentum: "모멘텀" },
    bars: (count) => `${count}봉`,
    run: (id, hash, input) => `실행 ${id}, 설정 ${hash.slice(0, 12)}, 입력 ${input.slice(0, 12)}`,
    counts: (trials, symbols, earlier) =>
      `${symbols}개 종목에서 ${trials}개 조합${earlier === 0 ? "" : `, 같은 입력에서 이전에 시도한 ${earlier}개도 셈에 포함`}`,
    equalRun: (id, equal) =>
      equal
        ? `실행 ${id}이 같은 봉에 같은 질문을 했고 결과가 한 자리까지 같습니다`
        : `실행 ${id}이 같은 봉에 같은 질문을 했는데 결과가 다릅니다: 보고해 주세요`,
    assumed: (symbols) =>
      `상장 정보가 없어 KOSPI 주식으로 계산: ${symbols.slice(0, 5).join(", ")}${symbols.length > 5 ? ` 외 ${symbols.length - 5}개` : ""}`,
  },
  demo: {
    stages: {
      sample: "가상 시장을 JSONL 파일로 쓰는 중",
      database: "내장 PostgreSQL 시작 중",
      load: "파일 적재 중",
      derive: "봉, 커버리지, 수익률, 갭 계산 중",
      verify: "점검 중",
      optimize: "임계값 탐색 중",
    },
    title: "Observer 데모",
    sample: (files, lines, size, folder) =>
      `파일 ${files}개, ${lines}줄 (${size}): ${folder}. SIM… 종목은 실재하지 않습니다.`,
    sampleKept: "표본이 이미 있어 그대로 씁니다",
    expectHead: ["자료", "행", "계획과 일치", "거부", "계획과 일치"],
    records: { ticks: "틱", bars: "10분봉", gaps: "갭" },
    yes: "예",
    no: (expected) => `아니오, 예상 ${expected}`,
    verified: (passed, total) => `점검 ${total}개 중 ${passed}개 통과, 실패 없음`,
    best: "종목별로 가장 강한 후보 (표본 내):",
    planted: "심은 효과",
    plantedHead: ["종목", "규칙", "진입", "청산", "거래", "거래당", "t", "보정 p", "정답"],
    truth: (kind, bps, minutes) => `${kind}, 비용 전 ${minutes}분에 ${bps}bp`,
    noise: "잡음",
    done: (took) => `${took}에 끝났습니다. 다음에 해볼 것:`,
    next: [
      "observer backfill <내 자료 폴더>               내 JSONL 적재",
      "observer verify                               저장된 자료 점검",
      "observer optimize                             임계값 탐색",
      'observer --home HOME db psql -c "SELECT …"   데모 테이블 들여다보기',
    ],
  },
  db: {
    started: (version, port) => `PostgreSQL ${version} 실행 중 (127.0.0.1:${port})`,
    applied: (names) => (names.length === 0 ? "스키마가 이미 최신입니다" : `적용: ${names.join(", ")}`),
    reverted: (names) => (names.length === 0 ? "되돌릴 것이 없습니다" : `되돌림: ${names.join(", ")}`),
    pending: (names) => (names.length === 0 ? "스키마가 이미 최신입니다" : `적용할 것: ${names.join(", ")}`),
    dropped: (names) => `phase13 스키마에서 삭제: ${names.join(", ")}`,
    dropConfirm: "Phase 13 원본 테이블을 완전히 삭제합니다. 실행하려면 --yes 를 붙이세요.",
    phase13: {
      found: "Phase 13 데이터베이스입니다. 기록 중인 프로그램을 멈추고 백업한 뒤 업그레이드하면",
      steps: [
        "- 아래 테이블을 짧은 트랜잭션 하나로 phase13 스키마로 옮기고,",
        "- 현재 스키마를 만들고,",
        "- 모든 행을 나누어 복사하며(틱은 월별 파티션으로), 중단되어도 이어서 진행하고,",
        "- 테이블마다 행 수와 해시를 원본과 비교합니다. 원본은 직접 삭제할 때까지 남습니다.",
      ],
      planHead: ["테이블", "행", "처리", "상태"],
      reportHead: ["테이블", "행", "복사", "중복", "거부", "상태"],
      states: { waiting: "대기", copied: "복사됨", equal: "일치", unequal: "불일치" },
      leftBehind: (names) => `옮기지 않는 열 (phase13에 남음): ${names}`,
      dependents: (names) => `계속 원본 테이블을 읽는 뷰: ${names}`,
      sessions: (names) => `다른 접속: ${names}`,
      estimate: (time) => `예상 시간: ${time}. 테이블 크기만큼의 여유 디스크가 필요합니다.`,
      confirm: "지금 업그레이드할까요? [y/N] ",
      moved: "원본 테이블을 phase13 스키마로 옮겼습니다",
      copying: (table, rows) => `${table}: ${rows}행`,
      compared: (table) => `${table}: 비교함`,
      refusedHint:
        '거부된 행은 그대로 보관됩니다: observer db psql --role owner -c "SELECT table_name, reason, record FROM phase13.upgrade_refused"',
      interrupted: "중단됨: 같은 명령을 다시 실행하면 이어집니다.",
      done: "업그레이드 완료, 모든 테이블이 일치합니다. 원본은 다음 명령으로 삭제: observer db drop-phase13 --yes",
    },
  },
  error: (code, message, mend) => `오류 ${code}\n  ${message}\n  해결: ${mend}`,
};

export const TEXTS: Record<"en" | "ko", Text> = { en: EN, ko: KO };
