import { Module, type DynamicModule, type OnApplicationShutdown } from "@nestjs/common";
import { CommandHandler, CqrsModule, type ICommandHandler } from "@nestjs/cqrs";
import { Change, type ChangeReceipt } from "./change.js";
import { Changes, type ChangesOptions, type Sealer } from "./changes.js";
import { EventLog } from "./event-log.js";

/** The one handler on the command bus. */
@CommandHandler(Change)
export class ChangeHandler implements ICommandHandler<Change> {
  constructor(readonly changes: Changes) {}

  execute(change: Change): Promise<ChangeReceipt> {
    return this.changes.apply(change);
  }
}

/** The write side of a process: one log, one appending client, one handler. */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(readonly log: EventLog) {}

  static with(log: EventLog, sealer: Sealer, options: ChangesOptions = {}): DynamicModule {
    return {
      module: StoreModule,
      global: true,
      imports: [CqrsModule],
      providers: [
        { provide: EventLog, useValue: log },
        { provide: Changes, useFactory: () => new Changes(log, sealer, options) },
        ChangeHandler,
      ],
      exports: [EventLog, Changes, CqrsModule],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
  }
}
