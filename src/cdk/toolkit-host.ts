import type { IIoHost, IoMessage, IoRequest } from '@aws-cdk/toolkit-lib';
import { redactedLine } from '../domain/redact.ts';
import type { ResourceProgress } from './cdk.ts';

/** A template in a call would hide everything else. */
const MOST_SHOWN = 2_000;

export interface HostOptions {
  approve(): Promise<boolean>;
  onProgress(progress: ResourceProgress): void;
  debug(text: string): void;
}

/**
 * Our side of toolkit-lib's messages. It reacts to codes, never to texts; a code it does not know is a debug line.
 * toolkit-lib answers its own questions with yes, so every question that is not known here is answered with no.
 */
export class ToolkitHost implements IIoHost {
  readonly #options: HostOptions;
  /** The reasons that toolkit-lib's errors leave out. */
  readonly assetErrors: string[] = [];
  noOp = false;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  async notify(message: IoMessage<unknown>): Promise<void> {
    // A failure to show something must never fail a deployment.
    try {
      this.#react(message);
    } catch (error) {
      this.#options.debug(`message ${message.code} not understood: ${error}`);
    }
  }

  async requestResponse<T>(request: IoRequest<unknown, T>): Promise<T> {
    switch (request.code) {
      case 'CDK_TOOLKIT_I5060':
        return (await this.#options.approve()) as T;
      default:
        this.#options.debug(`toolkit-lib asked ${request.code}: ${request.message}`);
        if (typeof request.defaultResponse === 'boolean') return false as T;
        throw new Error(`toolkit-lib asked what this version cannot answer (${request.code}): ${request.message}`);
    }
  }

  #react({ code, message, data }: IoMessage<unknown>): void {
    switch (code) {
      case 'CDK_TOOLKIT_I5502':
        this.#options.onProgress(progressOf(data as StackActivity));
        break;
      case 'CDK_TOOLKIT_I5900':
        this.noOp = (data as { noOp?: boolean }).noOp ?? false;
        break;
      case 'CDK_ASSETS_E5279':
        this.assetErrors.push(message);
        break;
      default:
        // Its calls among them, with what was sent.
        this.#options.debug(`${code ?? 'toolkit'}: ${redactedLine(message, MOST_SHOWN)}`);
    }
  }
}

interface StackActivity {
  event: {
    LogicalResourceId?: string;
    PhysicalResourceId?: string;
    ResourceType?: string;
    ResourceStatus?: string;
    ResourceStatusReason?: string;
  };
  metadata?: { constructPath?: string };
  progress?: { total?: number; completed?: number };
}

function progressOf({ event, metadata, progress }: StackActivity): ResourceProgress {
  return {
    logicalId: event.LogicalResourceId ?? '',
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    ...(event.ResourceStatusReason ? { reason: event.ResourceStatusReason } : {}),
    ...(event.PhysicalResourceId ? { physicalId: event.PhysicalResourceId } : {}),
    ...(metadata?.constructPath ? { path: metadata.constructPath } : {}),
    // It counts down again on a rollback, and may pass its own total.
    ...(progress?.completed !== undefined
      ? { completed: Math.min(progress.completed, progress.total ?? Infinity) }
      : {}),
    ...(progress?.total !== undefined ? { total: progress.total } : {}),
  };
}
