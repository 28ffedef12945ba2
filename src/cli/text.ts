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
    backfill: "load JSONL files: ticks, 10-minute bars, gaps",
    config: "settings: value, origin, meaning",
  },
  backfill: {
    loading: "loading",
    deriving: "building bars, coverage, returns and gaps",
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
  db: {
    started: (version: string, port: number) => `PostgreSQL ${version} runs on 127.0.0.1:${port}`,
    applied: (names: readonly string[]) =>
      names.length === 0 ? "the schema is up to date" : `applied: ${names.join(", ")}`,
    reverted: (names: readonly string[]) =>
      names.length === 0 ? "there was nothing to take back" : `taken back: ${names.join(", ")}`,
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
    backfill: "JSONL 파일 적재: 틱, 10분봉, 갭",
    config: "설정: 값, 출처, 의미",
  },
  backfill: {
    loading: "적재 중",
    deriving: "봉, 커버리지, 수익률, 갭 계산 중",
    head: ["종류", "파일", "적재", "줄", "새 행", "중복", "갱신", "거부", "실패"],
    kinds: { scalp: "틱", swing: "10분봉", gap: "갭", bars_1m: "1분봉", bars_10m: "10분봉", daily: "일봉" },
    nothingNew: "이미 모두 적재되어 있어 바뀐 것이 없습니다.",
    interrupted: "중단됨: 같은 명령을 다시 실행하면 이어집니다.",
    rejectsHint:
      '거부된 줄은 그대로 보관됩니다: observer db psql -c "SELECT file_id, line, code, field, reason FROM ingest_rejects"',
    took: (load, derive) => `적재 ${load}, 봉과 갭 ${derive}`,
    problem: (path, kind, detail) => `${kind}: ${path}\n  ${detail}`,
  },
  db: {
    started: (version, port) => `PostgreSQL ${version} 실행 중 (127.0.0.1:${port})`,
    applied: (names) => (names.length === 0 ? "스키마가 이미 최신입니다" : `적용: ${names.join(", ")}`),
    reverted: (names) => (names.length === 0 ? "되돌릴 것이 없습니다" : `되돌림: ${names.join(", ")}`),
  },
  error: (code, message, mend) => `오류 ${code}\n  ${message}\n  해결: ${mend}`,
};

export const TEXTS: Record<"en" | "ko", Text> = { en: EN, ko: KO };
